package io.onceledger.standalone.demo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long to try again: not for a time in all, but for a time in which nothing succeeds anywhere.
 * A server that is killed and comes back is waited for; one that stays away is not.
 */
public final class Patience {
  /** Many clients that wait the same time come back together: hence random up to this much. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final String waitingFor;
  private final Duration bound;
  private final AtomicLong lastProgress = new AtomicLong(System.nanoTime());

  public Patience(String waitingFor, Duration bound) {
    this.waitingFor = waitingFor;
    this.bound = bound;
  }

  public void progress() {
    lastProgress.set(System.nanoTime());
  }

  /** Whether nothing has succeeded for the time of the bound. */
  boolean exhausted() {
    return System.nanoTime() - lastProgress.get() > bound.toNanos();
  }

  /**
   * Waits before try number {@code attempt + 1}: exponential, capped, full jitter; or as long as
   * the server asked for.
   *
   * @throws GivenUpException if it is exhausted
   */
  public void pause(int attempt, Duration askedFor, String why) {
    if (exhausted()) {
      throw new GivenUpException("no " + waitingFor + " for " + bound.toSeconds() + " s: " + why);
    }
    long cap = Math.min(FIRST_PAUSE.toMillis() << Math.min(attempt, 10), LONGEST_PAUSE.toMillis());
    long jittered = ThreadLocalRandom.current().nextLong(1, cap + 1);
    sleep(Math.max(jittered, Math.min(askedFor.toMillis(), LONGEST_PAUSE.toMillis())));
  }

  public static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new GivenUpException("interrupted");
    }
  }
}
