package io.onceledger.simulation;

import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.ClaimTerms.Restore;
import io.onceledger.core.processor.Expiry;
import io.onceledger.core.processor.Patience;
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
 * @param databaseJump by how much the database's clock is set, forward or back, when it is
 * @param betweenDisasters how often the clock of the database, or the fate of all workers, is in
 *     question
 * @param slots calls that a worker has under way at most
 * @param patience with a message about which nothing is found out
 * @param expiry of charges that were never sent
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
    Patience patience,
    Expiry expiry,
    long troubled,
    Map<Fault, Integer> rates) {

  private static final List<Duration> RETENTIONS =
      List.of(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(24));
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SKEW = Duration.ofSeconds(1);
  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(3);

  /** As the worker has it when nothing is set. */
  private static final Patience USUAL = new Patience(20, 20);

  /** Whatever happens, everything has to be found out in the end. */
  private static final Patience ENDLESS = new Patience(Integer.MAX_VALUE, Integer.MAX_VALUE);

  static Setting draw(SplittableRandom random) {
    ProcessorProfile profile = profile(random);
    Setting any =
        new Setting(
            profile,
            Duration.ofSeconds(2),
            Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(4_000) : 0),
            jump(random),
            Duration.ofSeconds(random.nextInt(3) == 0 ? 3 : 30),
            2 + random.nextInt(2),
            1 + random.nextInt(8),
            patience(random),
            Expiry.NEVER,
            random.nextLong(20_000, 600_000),
            rates(random));
    // What is rare elsewhere: the clock jumps over the settle time while an effect does not show.
    Setting drawn = random.nextInt(30) == 0 ? any.settling() : any;
    return random.nextInt(6) == 0
        ? drawn.expiring(Duration.ofSeconds(random.nextInt(1, 60)))
        : drawn;
  }

  /** Resends act anew, effects show late, and the clock is set forward while they do not. */
  Setting settling() {
    ProcessorProfile anew =
        new ProcessorProfile(
            Caches.SUCCESSES,
            Duration.ofHours(24),
            true,
            true,
            SETTLE,
            CALL_TIMEOUT,
            SKEW,
            Duration.ofHours(12),
            Duration.ofHours(11));
    Map<Fault, Integer> some =
        Map.of(Fault.ERROR_AFTER_EFFECT, 500, Fault.DATABASE_CLOCK_SET_FORWARD, 500);
    return new Setting(
            anew,
            sendWithin,
            Duration.ofMillis(3_900),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            workers,
            slots,
            patience,
            expiry,
            troubled,
            rates)
        .with(anew, troubled, some);
  }

  /**
   * As a worker claims that takes {@code believed} for the processor's promises. Leases are shorter
   * than a call may be: they are renewed.
   */
  ClaimTerms terms(ProcessorProfile believed) {
    return new ClaimTerms(
        LEASE, attempt(), believed.retryHorizon(), believed.clockSkew(), Restore.NONE);
  }

  /** How often leases are kept. */
  static long beatMillis() {
    return LEASE.toMillis() / 3;
  }

  /** After which nothing that a claim began is under way any more. */
  Duration attempt() {
    return sendWithin.plus(profile.callTimeout()).plus(profile.clockSkew());
  }

  private Setting expiring(Duration maxAge) {
    return new Setting(
        profile,
        sendWithin,
        lookUpLag,
        databaseJump,
        betweenDisasters,
        workers,
        slots,
        patience,
        new Expiry(maxAge),
        troubled,
        rates);
  }

  Setting withSlots(int more) {
    return with(profile, databaseJump, betweenDisasters, more, troubled, rates);
  }

  Setting withDatabaseJump(Duration jump, Duration howOften) {
    return with(profile, jump, howOften, slots, troubled, rates);
  }

  /** Of a processor that promises this, and in which nothing strikes but {@code some}. */
  Setting with(ProcessorProfile promised, long troubledMillis, Map<Fault, Integer> some) {
    Map<Fault, Integer> all = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      all.put(fault, some.getOrDefault(fault, 0));
    }
    return with(promised, databaseJump, betweenDisasters, slots, troubledMillis, all);
  }

  private Setting with(
      ProcessorProfile promised,
      Duration jump,
      Duration howOften,
      int calls,
      long troubledMillis,
      Map<Fault, Integer> all) {
    return new Setting(
        promised,
        sendWithin,
        lookUpLag,
        jump,
        howOften,
        workers,
        calls,
        patience,
        expiry,
        troubledMillis,
        all);
  }

  /** Of a worker that goes on afterwards as if nothing had been. */
  Duration longestPause() {
    return attempt().multipliedBy(3);
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

  /** Few lose the usual one: so some have little. */
  private static Patience patience(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> ENDLESS;
      case 1 -> new Patience(1 + random.nextInt(5), 2 + random.nextInt(4));
      default -> USUAL;
    };
  }

  /** Some fit into a settle time, some into a window, some close all windows. */
  private static Duration jump(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ofMillis(random.nextLong(2_000, 30_000));
      case 1 -> Duration.ofSeconds(random.nextLong(30, 600));
      case 2 -> Duration.ofMinutes(random.nextLong(10, 25 * 60));
      default -> Duration.ofHours(random.nextLong(25, 80));
    };
  }

  private static Map<Fault, Integer> rates(SplittableRandom random) {
    Map<Fault, Integer> rates = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      rates.put(fault, random.nextInt(5) < 2 ? random.nextInt(10, 250) : 0);
    }
    return rates;
  }
}
