package io.onceledger.core.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times are milliseconds; skew 1000, longest gap 3000. */
class WitnessedTimeTest {

  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final long SKEW = 1_000;
  private static final long GAP = 3_000;

  private final WitnessedTime witnessed =
      new WitnessedTime(Duration.ofMillis(SKEW), Duration.ofMillis(GAP));

  @Test
  void nothing_is_witnessed_before_the_first_look() {
    assertThat(witnessed.steadySince()).isNull();
    assertThat(observe(0, 5, 3)).isEqualTo(at(3));
    assertThat(witnessed.steadySince()).isEqualTo(at(3));
  }

  @Test
  void a_clock_that_goes_on_is_witnessed_since_the_first_look() {
    observe(0, 5, 3);
    assertThat(observe(2_000, 2_005, 2_003)).isEqualTo(at(3));
    assertThat(observe(4_000, 4_005, 4_003 + SKEW - 20)).isEqualTo(at(3));
  }

  @Test
  void a_clock_that_is_set_is_witnessed_anew() {
    observe(0, 5, 3);
    assertThat(observe(100, 105, 103 + SKEW + 10)).as("forward").isEqualTo(at(103 + SKEW + 10));
    assertThat(observe(200, 205, 203)).as("back").isEqualTo(at(203));
  }

  @Test
  void small_steps_add_up() {
    observe(0, 0, 0);
    assertThat(observe(10, 10, 610)).isEqualTo(at(0));
    assertThat(observe(20, 20, 1_220)).as("1200 ahead").isEqualTo(at(1_220));
  }

  @Test
  void what_was_behind_and_then_ahead_has_counted_both() {
    observe(0, 0, 10_000);
    assertThat(observe(10, 10, 10_010 - 600)).isEqualTo(at(10_000));
    assertThat(observe(20, 20, 10_020 + 600)).isEqualTo(at(10_620));
  }

  @Test
  void who_did_not_look_has_not_seen() {
    observe(0, 0, 0);
    assertThat(observe(GAP, GAP, GAP)).isEqualTo(at(0));
    assertThat(observe(2 * GAP + 1, 2 * GAP + 1, 2 * GAP + 1)).isEqualTo(at(2 * GAP + 1));
  }

  @Test
  void an_answer_that_took_longer_than_the_skew_witnesses_nothing_and_harms_nothing() {
    observe(0, 0, 0);
    assertThat(observe(10, 10 + SKEW + 1, 500)).isEqualTo(at(500));
    assertThat(observe(600, 600, 600)).isEqualTo(at(0));
  }

  @Test
  void between_two_looks_since_it_is_steady_no_more_than_the_skew_was_counted_too_much() {
    long seed = Long.getLong("witnessed.seed", System.nanoTime());
    System.out.println("between_two_looks -Dwitnessed.seed=" + seed);
    Random random = new Random(seed);
    record Look(Instant told, long truth) {}
    for (int run = 0; run < Integer.getInteger("witnessed.runs", 2_000); run++) {
      WitnessedTime time = new WitnessedTime(Duration.ofMillis(SKEW), Duration.ofMillis(GAP));
      List<Look> looks = new ArrayList<>();
      long truth = 0;
      long ahead = 0;
      for (int i = 0; i < 30; i++) {
        truth += random.nextInt(random.nextInt(20) == 0 ? 5_000 : 1_500);
        if (random.nextInt(4) == 0) {
          ahead += random.nextInt(2_000) - 1_000;
        } else if (random.nextInt(10) == 0) {
          ahead += random.nextInt(200_000_000) - 100_000_000;
        }
        long asked = truth;
        long told = asked + random.nextInt(300);
        truth = told + random.nextInt(random.nextInt(20) == 0 ? 2_000 : 300);
        Look now = new Look(at(told + ahead), told);
        // A slower answer is no look: the clock may have been elsewhere at just that time.
        if (truth - asked <= SKEW) {
          looks.add(now);
        }
        Instant since = time.observe(nanos(asked), nanos(truth), now.told());
        for (Look before : looks) {
          if (!before.told().isBefore(since)) {
            long counted = Duration.between(before.told(), now.told()).toMillis();
            assertThat(counted - (now.truth() - before.truth())).isLessThanOrEqualTo(SKEW);
          }
        }
      }
    }
  }

  private Instant observe(long asked, long told, long shows) {
    return witnessed.observe(nanos(asked), nanos(told), at(shows));
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }
}
