package io.onceledger.worker.outbox;

import io.onceledger.core.outbox.Claim;
import io.onceledger.worker.clock.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The claims under way, and when they have to be renewed. A lease is short, so that the messages of
 * a worker that dies move on soon; a claim that is done before a third of it has passed, which is
 * nearly every one, is never renewed.
 */
final class Leases {

  private final Map<Claim, Long> claimedNanos = new ConcurrentHashMap<>();
  private final long beatNanos;
  private final MonotonicClock nanoTime;
  private volatile long keptNanos;

  /**
   * None yet.
   *
   * @param nanoTime a monotonic clock
   */
  Leases(Duration lease, MonotonicClock nanoTime) {
    this.beatNanos = lease.toNanos() / 3;
    this.nanoTime = nanoTime;
    // Due at once: before its first claim a worker sees whether the database's clock went back.
    this.keptNanos = nanoTime.getAsLong() - beatNanos;
  }

  /** A claim has been made, no earlier than at {@code nanos}. */
  void begin(Claim claim, long nanos) {
    claimedNanos.put(claim, nanos);
  }

  /** It is recorded, or given up. */
  void end(Claim claim) {
    claimedNanos.remove(claim);
  }

  /** Whether a third of a lease has passed since they were last kept. */
  boolean areDue() {
    return nanoTime.getAsLong() - keptNanos >= beatNanos;
  }

  /** Those that would have come to their end before the next time. */
  List<Claim> old() {
    long now = nanoTime.getAsLong();
    return claimedNanos.entrySet().stream()
        .filter(entry -> now - entry.getValue() >= beatNanos)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** They have been kept. */
  void kept() {
    keptNanos = nanoTime.getAsLong();
  }

  /** How long whoever keeps them may be away. */
  Duration beat() {
    return Duration.ofNanos(beatNanos);
  }
}
