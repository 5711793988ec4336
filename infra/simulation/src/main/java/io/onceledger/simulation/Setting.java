package io.onceledger.simulation;

import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a world is like: its processor, its workers, and what goes wrong in it. Drawn from the seed;
 * most faults are absent from most worlds, so that each gets worlds in which little else hides it.
 *
 * @param lookUpLag after which an effect shows in look-ups; shorter than the settle time
 * @param databaseJump by how much the database's clock jumps, when it does
 * @param betweenDisasters how often the clock of the database, or the fate of all workers, is in
 *     question
 * @param slots calls that a worker has under way at most
 * @param troubled how long faults strike, in milliseconds of true time
 * @param rates how often each fault strikes when it could, per mille
 */
record Setting(
    ProcessorProfile profile,
    Duration sendWithin,
    Duration lookUpLag,
    Duration databaseJump,
    Duration betweenDisasters,
    int workers,
    int slots,
    long troubled,
    Map<Fault, Integer> rates) {

  private static final List<Duration> RETENTIONS =
      List.of(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(24));
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SKEW = Duration.ofSeconds(1);
  private static final Duration SETTLE = Duration.ofSeconds(5);

  static Setting draw(SplittableRandom random) {
    ProcessorProfile profile = profile(random);
    return new Setting(
        profile,
        Duration.ofSeconds(2),
        Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(4_000) : 0),
        jump(profile, random),
        Duration.ofSeconds(30),
        2 + random.nextInt(2),
        1 + random.nextInt(8),
        random.nextLong(20_000, 600_000),
        rates(random));
  }

  /** From the claim until a call must have been recorded, as the worker reckons. */
  Duration lease() {
    return sendWithin.plus(profile.callTimeout()).plus(profile.clockSkew());
  }

  Setting withSlots(int more) {
    return new Setting(
        profile,
        sendWithin,
        lookUpLag,
        databaseJump,
        betweenDisasters,
        workers,
        more,
        troubled,
        rates);
  }

  Setting withDatabaseJump(Duration jump, Duration howOften) {
    return new Setting(
        profile, sendWithin, lookUpLag, jump, howOften, workers, slots, troubled, rates);
  }

  /** Of a worker that goes on afterwards as if nothing had been. */
  Duration longestPause() {
    return lease().multipliedBy(3);
  }

  private static ProcessorProfile profile(SplittableRandom random) {
    Duration retention = RETENTIONS.get(random.nextInt(RETENTIONS.size()));
    Duration window = retention.dividedBy(2);
    Duration horizon =
        switch (random.nextInt(4)) {
          case 0 -> Duration.ZERO;
          case 1 -> Duration.ofSeconds(15);
          default -> window.minus(CALL_TIMEOUT).minus(SKEW);
        };
    ProcessorProfile profile =
        new ProcessorProfile(
            random.nextBoolean() ? Caches.ALL : Caches.SUCCESSES,
            retention,
            random.nextInt(4) > 0,
            random.nextInt(4) > 0,
            SETTLE,
            CALL_TIMEOUT,
            SKEW,
            window,
            horizon);
    if (!profile.violations().isEmpty()) {
      throw new IllegalStateException(String.join("; ", profile.violations()));
    }
    return profile;
  }

  /**
   * Where a resend may act anew, all that keeps it safe is that the settle time really passes:
   * there a jump has to be one that closes the window, too. That is a limit of the product: {@code
   * KnownLimitsTest} shows what another jump does.
   */
  private static Duration jump(ProcessorProfile profile, SplittableRandom random) {
    Duration any = Duration.ofSeconds(random.nextLong(60, 25 * 3_600));
    boolean mayActAnew = profile.caches() == Caches.SUCCESSES && profile.lookUpByKey();
    return mayActAnew ? profile.retryHorizon().plus(any) : any;
  }

  private static Map<Fault, Integer> rates(SplittableRandom random) {
    Map<Fault, Integer> rates = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      rates.put(fault, random.nextInt(5) < 2 ? random.nextInt(10, 250) : 0);
    }
    return rates;
  }
}
