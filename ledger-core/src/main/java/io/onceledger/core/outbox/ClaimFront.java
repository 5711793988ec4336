package io.onceledger.core.outbox;

import io.onceledger.core.outbox.OutboxClaims.Claimed;
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

  /** What has been due for longer than this is not looked for. */
  public record Place(Instant firstTries, Instant retries) {
    /** Nothing was due before. */
    public static final Place BEGINNING = new Place(Instant.EPOCH, Instant.EPOCH);
  }

  private final LongSupplier nanos;
  private final boolean moving;
  private Place place = Place.BEGINNING;
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
  public Place begin() {
    startedAt = nanos.getAsLong();
    sweeping = startedAt - nextSweepAt >= 0;
    return sweeping ? Place.BEGINNING : place;
  }

  /**
   * Takes note of what that claim has found. It has all that was due, or, if it is full, all that
   * was due before its last; but of retries only as many as it was allowed.
   *
   * @param limit of the claim
   * @param retries of them, as many as it was allowed
   */
  public void found(Claimed claimed, int limit, int retries) {
    if (sweeping) {
      long now = nanos.getAsLong();
      nextSweepAt = now + Math.max(SWEEP_NANOS, SWEEP_SHARE * (now - startedAt));
    }
    // Without a claim there is no time of the database's clock to go to.
    if (!moving || claimed.claims().isEmpty()) {
      return;
    }
    Instant lastDueAt = Instant.MIN;
    Instant lastRetryDueAt = Instant.EPOCH.plus(OVERLAP);
    int retried = 0;
    for (int i = 0; i < claimed.claims().size(); i++) {
      Instant dueAt = claimed.dueAt().get(i);
      lastDueAt = later(lastDueAt, dueAt);
      if (claimed.claims().get(i).n() > 1) {
        lastRetryDueAt = later(lastRetryDueAt, dueAt);
        retried++;
      }
    }
    boolean full = claimed.claims().size() == limit;
    Instant reached = full ? lastDueAt : claimed.claims().get(0).claimedAt();
    // Backwards, too, and rightly so: to an old backlog, or after the database's clock was set.
    place =
        new Place(
            reached.minus(OVERLAP),
            (retried < Math.min(retries, limit) ? reached : lastRetryDueAt).minus(OVERLAP));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
