package io.onceledger.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to go on, and how long to pause between attempts: any time up to a bound that doubles,
 * so that clients which failed together do not come back together.
 *
 * @param firstPause the bound of the first pause
 * @param longestPause the bound that no later one exceeds
 * @param deadline for all attempts and pauses together
 */
public record Patience(Duration firstPause, Duration longestPause, Duration deadline) {

  /** For a person who waits: half a second at first, half a minute in all. */
  public static final Patience USUAL =
      new Patience(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(30));

  /** More doublings than any bound has, and fewer than a long has bits. */
  private static final int MOST_DOUBLINGS = 30;

  /** Refuses times that are not positive. */
  public Patience {
    if (firstPause.toMillis() < 1
        || longestPause.compareTo(firstPause) < 0
        || deadline.isNegative()) {
      throw new IllegalArgumentException(
          "pauses must be positive, and the longest not below the first");
    }
  }

  /**
   * The pause after so many failures.
   *
   * @param failures from 1
   * @param retryAfter what the server asked for: no pause is shorter
   */
  Duration pause(int failures, Optional<Duration> retryAfter, RandomGenerator random) {
    int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
    long bound = Math.min(longestPause.toMillis(), firstPause.toMillis() << doublings);
    return retryAfter.orElse(Duration.ZERO).plusMillis(random.nextLong(bound + 1));
  }
}
