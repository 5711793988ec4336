package io.onceledger.core.processor;

import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * When a charge has waited for its first send for so long that its payer no longer expects it: it
 * is canceled instead, if it provably was never sent. Pure.
 *
 * <p>A refund never expires: it is owed. A look-up that found nothing, as after a restore, proves
 * nothing of the kind, nor does an attempt whose worker was lost.
 *
 * @param maxAge since the charge was accepted, by the database's clock
 */
public record Expiry(Duration maxAge) {

  /** However old a charge is, it is sent. */
  public static final Expiry NEVER = new Expiry(ChronoUnit.FOREVER.getDuration());

  /** Whether what is claimed must not be sent any more. */
  public boolean hasCome(ClaimedWork work, Instant now) {
    Claim claim = work.claim();
    return claim.step() == Step.SEND
        && claim.lost() == null
        && wasNeverSent(claim, work.attempts())
        && isTooOld(claim, now);
  }

  /**
   * {@code next}, or the same at the expiry, if that is earlier.
   *
   * @param attempts all of the message
   */
  public NextStep limit(NextStep next, Claim claim, List<Attempt> attempts) {
    return next instanceof Proceed proceed
            && wasNeverSent(claim, attempts)
            && isTooOld(claim, proceed.notBefore())
        ? new Proceed(proceed.step(), claim.acceptedAt().plus(maxAge))
        : next;
  }

  private static boolean wasNeverSent(Claim claim, List<Attempt> attempts) {
    return !claim.resource().isRefund()
        && attempts.stream()
            .allMatch(a -> a.call() == Call.SEND && a.outcome() == Outcome.NOT_SENT);
  }

  private boolean isTooOld(Claim claim, Instant at) {
    return Duration.between(claim.acceptedAt(), at).compareTo(maxAge) >= 0;
  }
}
