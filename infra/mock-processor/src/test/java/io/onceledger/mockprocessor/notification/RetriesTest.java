package io.onceledger.mockprocessor.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {

  @Test
  void pauses_double_up_to_the_longest() {
    Retries retries = new Retries(100, 500, 20_000);

    assertThat(IntStream.rangeClosed(1, 8).map(retries::pauseMs))
        .containsExactly(500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000);
    assertThat(retries.pauseMs(100)).isEqualTo(20_000);
  }

  @Test
  void the_last_try_is_the_last() {
    assertThat(Retries.DEFAULT.exhausted(Retries.DEFAULT.tries() - 1)).isFalse();
    assertThat(Retries.DEFAULT.exhausted(Retries.DEFAULT.tries())).isTrue();
  }

  @Test
  void by_default_a_ledger_may_be_away_for_a_quarter_of_an_hour() {
    int all = IntStream.range(1, Retries.DEFAULT.tries()).map(Retries.DEFAULT::pauseMs).sum();

    assertThat(all).isBetween(840_000, 960_000);
  }
}
