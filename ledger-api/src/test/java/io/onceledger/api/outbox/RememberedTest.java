package io.onceledger.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedTest {

  private static final Duration FRESH = Duration.ofSeconds(10);

  private int reads;
  private long nanos = Long.MAX_VALUE - 5;

  @Test
  void it_is_read_once_while_it_is_fresh_and_then_again() {
    Remembered<Integer> remembered = new Remembered<>(() -> Optional.of(++reads), FRESH, this::now);

    assertThat(remembered.get()).contains(1);
    nanos += FRESH.toNanos() - 1;
    assertThat(remembered.get()).contains(1);
    nanos += 1;
    assertThat(remembered.get()).contains(2);
  }

  @Test
  void a_failure_is_not_tried_again_at_once_either_and_shows_nothing_old() {
    Remembered<Integer> remembered =
        new Remembered<>(
            () -> ++reads == 2 ? Optional.empty() : Optional.of(reads), FRESH, this::now);
    remembered.get();

    nanos += FRESH.toNanos();
    assertThat(remembered.get()).isEmpty();
    assertThat(remembered.get()).isEmpty();
    nanos += FRESH.toNanos();
    assertThat(remembered.get()).contains(3);
  }

  private long now() {
    return nanos;
  }
}
