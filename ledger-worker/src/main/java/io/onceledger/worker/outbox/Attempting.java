package io.onceledger.worker.outbox;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.Backoff;
import io.onceledger.core.processor.Call;
import io.onceledger.core.processor.Expiry;
import io.onceledger.core.processor.NextStep;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.Patience;
import io.onceledger.core.processor.Pause;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.Resolution;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.processor.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Turns what was found into what is recorded. Pure but for the jitter, which is given.
 *
 * <p>Times are the database's: the claim's, plus what a monotonic clock has measured since before
 * the claim was made, which is never too early.
 */
public final class Attempting {

  private final ProcessorProfile profile;
  private final Patience patience;
  private final Expiry expiry;
  private final RandomGenerator random;

  /**
   * Waits by {@code profile} and with jitter from {@code random}, as long as patience lasts, and
   * for a first send until the charge expires.
   */
  public Attempting(
      ProcessorProfile profile, Patience patience, Expiry expiry, RandomGenerator random) {
    this.profile = profile;
    this.patience = patience;
    this.expiry = expiry;
    this.random = random;
  }

  /**
   * What follows from {@code finding}.
   *
   * @param elapsed since the claim was asked for
   * @param steadySince what the worker had witnessed of the database's time when it got the claim
   */
  public Result result(ClaimedWork work, Finding finding, Duration elapsed, Instant steadySince) {
    Claim claim = work.claim();
    Instant now = claim.claimedAt().plus(elapsed);
    Call call = call(claim.step());
    boolean mayStillAct = call == Call.SEND && finding.outcome() == Outcome.AMBIGUOUS;
    Attempt attempt =
        new Attempt(
            claim.n(),
            call,
            finding.outcome(),
            claim.claimedAt(),
            mayStillAct ? claim.endsAt() : now,
            finding.httpStatus(),
            finding.latencyMillis());
    return new Result(claim, attempt, next(work, attempt, finding, now, steadySince));
  }

  /** What follows without a call; empty when there has to be one. */
  public Optional<Result> withoutCall(ClaimedWork work, Duration elapsed, Instant steadySince) {
    if (work.claim().lost() != null) {
      return Optional.of(lost(work, elapsed, steadySince));
    }
    if (patience.isUsedUpBy(work)) {
      return Optional.of(givenUp(work));
    }
    Instant now = work.claim().claimedAt().plus(elapsed);
    return expiry.hasCome(work, now) ? Optional.of(expired(work, now)) : Optional.empty();
  }

  /** What follows when a charge is too old to be sent for the first time. */
  private static Result expired(ClaimedWork work, Instant now) {
    Claim claim = work.claim();
    Attempt attempt =
        new Attempt(claim.n(), Call.SEND, Outcome.NOT_SENT, claim.claimedAt(), now, null, null);
    return new Result(claim, attempt, new Conclude(Status.CANCELED, null, null));
  }

  /** What follows when a look-up or a cancel was lost again and again. */
  private static Result givenUp(ClaimedWork work) {
    Claim claim = work.claim();
    Attempt attempt =
        new Attempt(
            claim.n() - 1,
            call(claim.step()),
            Outcome.AMBIGUOUS,
            claim.claimedAt(),
            claim.claimedAt(),
            null,
            null);
    return new Result(claim, attempt, Patience.poison(work));
  }

  /**
   * What follows from an attempt whose worker was lost: it may have sent, so nothing is certain.
   */
  public Result lost(ClaimedWork work, Duration elapsed, Instant steadySince) {
    Claim claim = work.claim();
    Attempt attempt =
        new Attempt(
            claim.lost().n(),
            Call.SEND,
            Outcome.AMBIGUOUS,
            claim.lost().claimedAt(),
            claim.lost().endsAt(),
            null,
            null);
    // It has waited for the end of a lease already.
    Instant now = claim.claimedAt().plus(elapsed);
    NextStep next =
        patience.isUsedUpBy(work)
            ? Patience.poison(work)
            : resolve(work, attempt, now, steadySince, Pause.NONE);
    return new Result(claim, attempt, next);
  }

  private NextStep next(
      ClaimedWork work, Attempt attempt, Finding finding, Instant now, Instant steadySince) {
    return switch (finding.outcome()) {
      case APPROVED -> new Conclude(Status.SUCCEEDED, null, finding.payment());
      case DECLINED -> new Conclude(Status.DECLINED, finding.declineCode(), finding.payment());
      case CANCELED -> Resolution.canceled(profile, work.claim().firstSentAt(), now);
      case NOT_SENT, AMBIGUOUS, ABSENT -> {
        Pause pause =
            finding
                .retryAfter()
                .map(Pause::asked)
                .orElseGet(() -> Pause.wished(Backoff.after(failures(work, finding), random)));
        yield resolve(work, attempt, now, steadySince, pause);
      }
    };
  }

  /** A look-up that finds nothing is no failure: who answers that is well. */
  private static int failures(ClaimedWork work, Finding finding) {
    Stream<Outcome> before = work.attempts().stream().map(Attempt::outcome);
    long failures =
        Stream.concat(before, Stream.of(finding.outcome()))
            .filter(outcome -> outcome != Outcome.ABSENT)
            .count();
    return (int) Math.max(1, failures);
  }

  private NextStep resolve(
      ClaimedWork work, Attempt attempt, Instant now, Instant steadySince, Pause pause) {
    List<Attempt> attempts = Stream.concat(work.attempts().stream(), Stream.of(attempt)).toList();
    Claim claim = work.claim();
    // What a restore has forgotten was sent after its acceptance.
    Instant firstSentAt = Optional.ofNullable(claim.firstSentAt()).orElse(claim.acceptedAt());
    NextStep next = Resolution.next(profile, attempts, firstSentAt, now, steadySince, pause);
    return expiry.limit(patience.limit(next, profile, firstSentAt, attempts), claim, attempts);
  }

  private static Call call(Step step) {
    return switch (step) {
      case SEND, RESEND -> Call.SEND;
      case LOOK_UP -> Call.LOOK_UP;
      case CANCEL -> Call.CANCEL;
      case PARKED -> throw new IllegalStateException("a parked message makes no call");
    };
  }
}
