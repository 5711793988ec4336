package io.onceledger.core.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest(name = "after {0} attempts at most {1} ms")
  @CsvSource({
    "1, 1000",
    "2, 2000",
    "3, 4000",
    "9, 256000",
    "10, 300000",
    "11, 300000",
    "1000, 300000"
  })
  void the_wait_is_spread_between_zero_and_a_ceiling_that_doubles_up_to_five_minutes(
      int attempts, long ceilingMillis) {
    Random random = new Random(7);

    var waits =
        IntStream.range(0, 10_000).mapToLong(i -> Backoff.after(attempts, random).toMillis());

    var spread = waits.summaryStatistics();
    assertThat(spread.getMin()).isBetween(0L, ceilingMillis / 100);
    assertThat(spread.getMax()).isBetween(ceilingMillis * 99 / 100, ceilingMillis);
    assertThat(spread.getAverage()).isBetween(ceilingMillis * 0.48, ceilingMillis * 0.52);
  }

  @Test
  void the_first_retry_comes_after_half_a_second_on_average() {
    assertThat(Backoff.after(1, new Random(7))).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }
}
