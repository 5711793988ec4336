package io.onceledger.core.processor;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: exponential, capped, with full jitter, so that what failed
 * together does not come back together.
 */
public final class Backoff {

  /** The first wait is half of it on average. */
  private static final Duration FIRST = Duration.ofSeconds(1);

  /** Also the longest wait that a processor may ask for. */
  public static final Duration CAP = Duration.ofMinutes(5);

  /** 2^9 seconds exceed the cap: more doublings only overflow. */
  private static final int DOUBLINGS = 9;

  private Backoff() {}

  /** The wait after {@code attempts} tries, at least one; between zero and the cap. */
  public static Duration after(int attempts, RandomGenerator random) {
    Duration ceiling = FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
    long millis = Math.min(ceiling.toMillis(), CAP.toMillis());
    return Duration.ofMillis(random.nextLong(millis + 1));
  }
}
