package io.onceledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the product does not withstand yet. Who mends it deletes the test and lifts the limit. */
class KnownLimitsTest {

  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  /**
   * The settle time between two look-ups is measured by the database's clock. If that jumps forward
   * by more than the settle time but stays inside the window, the second absent comes too early,
   * and with a processor that caches successes only the resend acts anew.
   */
  @Test
  void a_jump_of_the_databases_clock_inside_the_window_may_charge_twice() {
    Optional<String> broken =
        LongStream.rangeClosed(1, 100_000)
            .filter(seed -> mayActAnew(Setting.draw(new SplittableRandom(seed))))
            .mapToObj(KnownLimitsTest::withJumps)
            .filter(Objects::nonNull)
            .findFirst();

    assertThat(broken).contains("at most one effect a key");
  }

  private static boolean mayActAnew(Setting setting) {
    ProcessorProfile profile = setting.profile();
    return profile.caches() == Caches.SUCCESSES
        && profile.lookUpByKey()
        && profile.retryHorizon().compareTo(HALF_A_MINUTE.multipliedBy(2)) > 0
        && !setting.lookUpLag().isZero();
  }

  /** What breaks, with the seed on the output; null when nothing does. */
  private static String withJumps(long seed) {
    Setting setting =
        Setting.draw(new SplittableRandom(seed))
            .withDatabaseJump(HALF_A_MINUTE, Duration.ofSeconds(3));
    World world = new World(Plan.of(seed, 12), setting, new Decisions(), false, store -> store);
    Optional<Violation> violation = world.run().violation();
    violation.ifPresent(broken -> System.out.printf("known limit: seed %d: %s%n", seed, broken));
    return violation.map(Violation::invariant).orElse(null);
  }
}
