package io.onceledger.core.processor;

import java.time.Duration;
import java.time.Instant;

/**
 * How much of the database's time a worker has itself seen pass. The database's clock can be set;
 * the worker's monotonic clock cannot, but is the worker's alone. Each time the database tells is
 * held against the monotonic clock: while the distance between the two stays the same, what one
 * says has passed has passed. When it may have changed by more than the skew, or the worker has not
 * looked for too long, witnessing begins anew.
 *
 * <p>Between two observations since {@link #steadySince}, the database's clock has counted at most
 * the skew more than has truly passed. An answer that took longer than the skew is none: what the
 * clock was at just that time, if it was set and set back since the look before, stays unseen, as
 * it does at all times between two looks. Safe for use from several threads; observations are made
 * in their order.
 */
public final class WitnessedTime {

  private final long skewNanos;
  private final long longestGapNanos;
  private Instant since;
  private long seenNanos;

  /** The least and the greatest that the distance between the two clocks may have been. */
  private long lowest;

  private long highest;

  /**
   * Has seen nothing yet.
   *
   * @param skew by how much the distance may change without notice
   * @param longestGap between two observations: what is set forward and back again in between would
   *     not be seen
   */
  public WitnessedTime(Duration skew, Duration longestGap) {
    this.skewNanos = skew.toNanos();
    this.longestGapNanos = longestGap.toNanos();
  }

  /**
   * The database has told {@code now}, at some time between {@code askedNanos} and {@code
   * toldNanos} of the monotonic clock.
   *
   * @return since when all of the time up to {@code now} was seen; now itself after a slow answer
   */
  public synchronized Instant observe(long askedNanos, long toldNanos, Instant now) {
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    long low = nanos - toldNanos;
    long high = nanos - askedNanos;
    if (high - low > skewNanos) {
      // An answer that took so long tells too little: nobody has seen this time, and a later look
      // will say whether the clock was set.
      return now;
    }
    boolean steady =
        since != null
            && askedNanos - seenNanos <= longestGapNanos
            && Math.max(highest, high) - Math.min(lowest, low) <= skewNanos;
    lowest = steady ? Math.min(lowest, low) : low;
    highest = steady ? Math.max(highest, high) : high;
    since = steady ? since : now;
    seenNanos = toldNanos;
    return since;
  }

  /** The database's time since which none of it has gone unseen; null before the first one. */
  public synchronized Instant steadySince() {
    return since;
  }
}
