package io.onceledger.core.outbox;

import io.onceledger.core.outbox.OutboxMessages.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where the next claim begins to look among what is due: behind what the claims before it have
 * taken. What they took stays in the index, dead, until no snapshot can see it any more, and a
 * claim that began at the beginning would pass over all of it: the longer someone holds an old
 * snapshot, the slower.
 *
 * <p>What becomes due only after claims have gone past its time (its transaction was slower than
 * others, or whoever had it locked has rolled back) is found by a sweep from the beginning: once a
 * second, or less often while a sweep is long, so that sweeps take a twentieth of the time at most.
 * For one thread.
 */
public final class ClaimFront {

  /** Most transactions are shorter: what they make due is found without a sweep. */
  private static final Duration OVERLAP = Duration.ofMillis(100);

  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SWEEP_SHARE = 20;

  /** Nothing was due before. */
  private static final Instant BEGINNING = Instant.EPOCH;

  private final LongSupplier nanos;
  private final boolean moving;
  private Instant from = BEGINNING;
  private boolean sweeping;
  private long startedAt;
  private long nextSweepAt;

  /** Starts with a sweep; {@code nanos} is a clock that only goes forward. */
  public ClaimFront(LongSupplier nanos) {
    this(nanos, true);
  }

  private ClaimFront(LongSupplier nanos, boolean moving) {
    this.nanos = nanos;
    this.moving = moving;
    this.nextSweepAt = nanos.getAsLong();
  }

  /** One that stays at the beginning. */
  public static ClaimFront still() {
    return new ClaimFront(() -> 0, false);
  }

  /** Where a claim that is about to be made begins. */
  public Instant begin() {
    startedAt = nanos.getAsLong();
    sweeping = startedAt - nextSweepAt >= 0 || from.equals(BEGINNING);
    return sweeping ? BEGINNING : from;
  }

  /** Takes note of what that claim has found. */
  public void found(Claimed claimed) {
    if (sweeping) {
      long now = nanos.getAsLong();
      nextSweepAt = now + Math.max(SWEEP_NANOS, SWEEP_SHARE * (now - startedAt));
    }
    if (!moving || claimed.lastDueAt() == null) {
      return;
    }
    Instant behind = claimed.lastDueAt().minus(OVERLAP);
    // A sweep knows best, also when it has to go back: to an old backlog, or after a clock was set.
    if (sweeping || behind.isAfter(from)) {
      from = behind;
    }
  }

  /** Has the next claim begin at the beginning: what is due may be anywhere. */
  public void forget() {
    from = BEGINNING;
  }
}
