package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.idempotency.Named;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.outcome.Locked;
import io.onceledger.core.outcome.Move;
import io.onceledger.core.processor.Backoff;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.outbox.Attempting;
import io.onceledger.worker.processor.Answer;
import io.onceledger.worker.processor.Answer.Lost;
import io.onceledger.worker.processor.Answer.Received;
import io.onceledger.worker.processor.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Each replaces one decision by one that someone might have made. */
enum PlantedBug {
  NEW_KEY_PER_ATTEMPT(
      "every attempt is sent under a key of its own",
      new Decisions() {
        @Override
        String key(Claim claim) {
          return claim.work().idempotencyKey() + "-" + claim.n();
        }
      }),
  SERVER_ERROR_IS_A_DECLINE(
      "a 5xx is taken as a decline",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          return claim.step().sends() && status(answer) >= 500
              ? finding(Outcome.DECLINED)
              : super.read(claim, answer);
        }
      }),
  TIME_OUT_IS_NOT_SENT(
      "a request without an answer is taken as one that never left",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          return claim.step().sends() && answer instanceof Lost
              ? finding(Outcome.NOT_SENT)
              : super.read(claim, answer);
        }
      }),
  ABSENT_IS_PROOF(
      "a look-up's 404 is taken as proof at once",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          Finding finding = super.read(claim, answer);
          return finding.outcome() == Outcome.ABSENT ? finding(Outcome.CANCELED) : finding;
        }
      }),
  ANY_404_IS_ABSENT(
      "a proxy's 404 is taken for the processor's",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          return claim.step() == Step.LOOK_UP && status(answer) == 404
              ? finding(Outcome.ABSENT)
              : super.read(claim, answer);
        }
      }),
  REJECTION_OF_A_RESEND_IS_A_DECLINE(
      "a 4xx after a time-out is taken as a decline",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          return claim.step() == Step.RESEND && status(answer) == 400
              ? finding(Outcome.DECLINED)
              : super.read(claim, answer);
        }
      }),
  GARBAGE_IS_A_SUCCESS(
      "a 200 that cannot be read is taken as an approval",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          Finding finding = super.read(claim, answer);
          return finding.outcome() == Outcome.AMBIGUOUS
                  && claim.step().sends()
                  && status(answer) == 200
              ? new Finding(Outcome.APPROVED, 200, 1, "unknown", null, Optional.empty(), false)
              : finding;
        }
      }),
  ANOTHER_AMOUNT_IS_ADOPTED(
      "an effect of another amount is adopted",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          return super.read(
              claim, replaced(answer, "\"amount\":\\d+", "\"amount\":" + claim.work().amount()));
        }
      }),
  ANOTHER_REFERENCE_IS_ADOPTED(
      "the answer to another charge's request is believed",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          return super.read(
              claim,
              replaced(answer, "ch_of_someone_else", PublicId.CHARGE.text(claim.resource().id())));
        }
      }),
  LOST_CANCEL_IS_CANCELED(
      "a cancel without an answer is taken as done",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          return claim.step() == Step.CANCEL && answer instanceof Lost
              ? finding(Outcome.CANCELED)
              : super.read(claim, answer);
        }
      }),
  REFUSED_CANCEL_IS_CANCELED(
      "a cancel's 409 is taken as done",
      new Decisions() {
        @Override
        Finding read(Claim claim, Answer answer) {
          return claim.step() == Step.CANCEL && status(answer) == 409
              ? finding(Outcome.CANCELED)
              : super.read(claim, answer);
        }
      }),
  RESEND_OUTSIDE_THE_WINDOW(
      "an ambiguous charge is sent again whenever it comes to it",
      new Decisions() {
        @Override
        ProcessorProfile believed(ProcessorProfile promised) {
          return profile(promised, promised.caches(), promised.settleTime(), FOR_EVER, FOR_EVER);
        }
      }),
  RETENTION_IS_FORGOTTEN(
      "an absent payment is believed after the processor has forgotten its key",
      new Decisions() {
        @Override
        ProcessorProfile believed(ProcessorProfile promised) {
          return profile(
              promised,
              promised.caches(),
              promised.settleTime(),
              FOR_EVER,
              promised.retryHorizon());
        }
      }),
  SETTLE_TIME_IS_ZERO(
      "the second look-up does not wait for the settle time",
      new Decisions() {
        @Override
        ProcessorProfile believed(ProcessorProfile promised) {
          return profile(
              promised,
              promised.caches(),
              Duration.ZERO,
              promised.keyRetention(),
              promised.retryHorizon());
        }
      }),
  FAILURES_ARE_BELIEVED_PINNED(
      "a processor that caches successes only is taken for one that caches all",
      new Decisions() {
        @Override
        ProcessorProfile believed(ProcessorProfile promised) {
          return profile(
              promised,
              Caches.ALL,
              promised.settleTime(),
              promised.keyRetention(),
              promised.retryHorizon());
        }
      }),
  RESEND_IS_A_SEND(
      "what is sent again is called a first send, and its mark cleared",
      new Decisions() {
        @Override
        Result result(
            Attempting attempting,
            ClaimedWork work,
            Finding finding,
            Duration elapsed,
            Instant steadySince) {
          Result result = super.result(attempting, work, finding, elapsed, steadySince);
          return result.next() instanceof Proceed proceed && proceed.step() == Step.RESEND
              ? new Result(
                  result.claim(), result.attempt(), new Proceed(Step.SEND, proceed.notBefore()))
              : result;
        }
      }),
  GIVEN_UP_IS_CANCELED(
      "after three attempts a charge is called canceled",
      new Decisions() {
        @Override
        Result result(
            Attempting attempting,
            ClaimedWork work,
            Finding finding,
            Duration elapsed,
            Instant steadySince) {
          Result result = super.result(attempting, work, finding, elapsed, steadySince);
          return result.next() instanceof Proceed && work.attempts().size() >= 2
              ? new Result(
                  result.claim(), result.attempt(), new Conclude(Status.CANCELED, null, null))
              : result;
        }
      }),
  BACKOFF_OUTLASTS_THE_RETENTION(
      "the wait before the next call grows whatever the processor remembers then",
      new Decisions() {
        @Override
        Result result(
            Attempting attempting,
            ClaimedWork work,
            Finding finding,
            Duration elapsed,
            Instant steadySince) {
          Result result = super.result(attempting, work, finding, elapsed, steadySince);
          int tries = work.attempts().size() + 1;
          Duration wait =
              finding
                  .retryAfter()
                  .orElseGet(
                      () -> Backoff.after(tries, new SplittableRandom(work.claim().fence())));
          Instant earliest = work.claim().claimedAt().plus(elapsed).plus(wait);
          return result.next() instanceof Proceed proceed && proceed.notBefore().isBefore(earliest)
              ? new Result(result.claim(), result.attempt(), new Proceed(proceed.step(), earliest))
              : result;
        }
      }),
  AN_OUTAGE_USES_UP_PATIENCE(
      "whoever has tried in vain often enough asks a person, whatever the reason",
      new Decisions() {
        @Override
        Result result(
            Attempting attempting,
            ClaimedWork work,
            Finding finding,
            Duration elapsed,
            Instant steadySince) {
          Result result = super.result(attempting, work, finding, elapsed, steadySince);
          return result.next() instanceof Proceed proceed
                  && proceed.step() != Step.SEND
                  && work.attempts().size() >= 5
              ? new Result(result.claim(), result.attempt(), new Park("tried in vain"))
              : result;
        }
      }),
  LOST_WORKER_IS_NOT_NOTICED(
      "a claim that is taken over is worked on as if nobody had",
      new Decisions() {
        @Override
        Optional<Result> withoutCall(
            Attempting attempting, ClaimedWork work, Duration elapsed, Instant steadySince) {
          return Optional.empty();
        }
      }),
  DEADLINE_IS_NOT_CHECKED(
      "a worker that slept sends as if it had not",
      new Decisions() {
        @Override
        boolean mayBegin(Duration elapsed, Duration byDatabase, Duration sendWithin) {
          return true;
        }
      }),
  DEADLINE_BY_THE_DATABASES_CLOCK(
      "whether a worker slept is asked of the database's clock",
      new Decisions() {
        @Override
        boolean mayBegin(Duration elapsed, Duration byDatabase, Duration sendWithin) {
          return super.mayBegin(byDatabase, byDatabase, sendWithin);
        }
      }),
  RENEWED_WITHOUT_ITS_FENCE(
      "whoever had a claim may renew its lease",
      new Decisions() {
        @Override
        boolean mayRenew(Claim claim, long fence) {
          return true;
        }
      }),
  SETTLE_TIME_IS_NOT_WITNESSED(
      "the settle time is over when the database's clock says so",
      new Decisions() {
        @Override
        Instant countsSince(Instant steadySince) {
          return Instant.EPOCH;
        }
      }),
  TIMES_ARE_NOT_SET_BACK(
      "the database's clock goes back, and the times of messages stay what they were",
      new Decisions() {
        @Override
        boolean setsBack() {
          return false;
        }
      }),
  FENCE_IS_NOT_CHECKED(
      "whoever had a claim may write",
      new Decisions() {
        @Override
        boolean mayWrite(Claim claim, Long fence) {
          return fence != null;
        }
      }),
  FINAL_STATUS_IS_OVERWRITTEN(
      "a result is written although its charge is final",
      new Decisions() {
        @Override
        boolean mayWrite(Claim claim, Long fence) {
          return fence == null || super.mayWrite(claim, fence);
        }

        @Override
        Optional<Move> move(Result result, Locked locked) {
          LockedCharge charge = locked.charge();
          return result.move(
              new Locked(
                  new LockedCharge(
                      charge.key(),
                      charge.status().isFinal() ? Status.UNKNOWN : charge.status(),
                      charge.amount(),
                      charge.currency(),
                      charge.feeTerms(),
                      charge.amountRefunded(),
                      charge.amountReserved(),
                      charge.eventCount(),
                      charge.processorPayment(),
                      charge.disputedEarly()),
                  null));
        }
      }),
  SEND_WITHOUT_A_MARK(
      "the first send is not marked by its claim",
      new Decisions() {
        @Override
        boolean marks(Step step) {
          return false;
        }
      }),
  LEASE_BY_THE_WORKERS_CLOCK(
      "leases begin and end by the JVM's clock",
      new Decisions() {
        @Override
        Instant leaseClock(Instant database, Instant worker) {
          return worker;
        }
      }),
  CONFLICT_IS_NEW(
      "a delivery under a used key is read as the first",
      new Decisions() {
        @Override
        boolean isFirst(Named<ChargeRequest, ChargeReceipt> stored) {
          return true;
        }
      }),
  ACKNOWLEDGED_BEFORE_THE_COMMIT(
      "the API answers before it has committed",
      new Decisions() {
        @Override
        boolean acknowledgesAfterCommit() {
          return false;
        }
      }),
  STALE_RESULT_IS_BOOKED(
      "entries are posted before the fence is looked at",
      new Decisions() {
        @Override
        boolean postsStaleResults() {
          return true;
        }
      }),
  BALANCE_WITHOUT_THE_INSERT(
      "a balance is raised although its entry was there already",
      new Decisions() {
        @Override
        boolean postsStaleResults() {
          return true;
        }

        @Override
        boolean raisesBalances(boolean inserted) {
          return true;
        }
      }),
  ENTRY_WITHOUT_ITS_BALANCE(
      "an entry is inserted and its balances are not raised",
      new Decisions() {
        @Override
        boolean raisesBalances(boolean inserted) {
          return false;
        }
      }),
  WHAT_MAY_HAVE_BEEN_SENT_EXPIRES(
      "an old charge whose worker was lost is canceled as if it had never been sent",
      new Decisions() {
        @Override
        Optional<Result> withoutCall(
            Attempting attempting, ClaimedWork work, Duration elapsed, Instant steadySince) {
          ClaimedWork unlost = new ClaimedWork(unlost(work.claim()), List.of());
          return attempting
              .withoutCall(unlost, elapsed, steadySince)
              .filter(result -> result.next() instanceof Conclude)
              .map(result -> new Result(work.claim(), result.attempt(), result.next()))
              .or(() -> super.withoutCall(attempting, work, elapsed, steadySince));
        }
      });

  private static final Duration FOR_EVER = Duration.ofDays(3_650);

  private final String what;

  /** Without state, all of them. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Decisions decisions;

  PlantedBug(String what, Decisions decisions) {
    this.what = what;
    this.decisions = decisions;
  }

  String what() {
    return what;
  }

  Decisions decisions() {
    return decisions;
  }

  private static Claim unlost(Claim claim) {
    return new Claim(
        claim.resource(),
        claim.step(),
        claim.fence(),
        claim.n(),
        claim.acceptedAt(),
        claim.claimedAt(),
        claim.endsAt(),
        claim.firstSentAt(),
        null,
        claim.work());
  }

  private static int status(Answer answer) {
    return answer instanceof Received received ? received.status() : 0;
  }

  private static Answer replaced(Answer answer, String what, String by) {
    return answer instanceof Received received
        ? new Received(
            received.status(),
            received.retryAfter(),
            received.body().replaceAll(what, by),
            received.latencyMillis())
        : answer;
  }

  private static Finding finding(Outcome outcome) {
    String code = outcome == Outcome.DECLINED ? "declined" : null;
    return new Finding(outcome, null, null, null, code, Optional.empty(), false);
  }

  private static ProcessorProfile profile(
      ProcessorProfile promised,
      Caches caches,
      Duration settleTime,
      Duration retention,
      Duration horizon) {
    return new ProcessorProfile(
        caches,
        retention,
        promised.lookUpByKey(),
        promised.cancelByKey(),
        settleTime,
        promised.callTimeout(),
        promised.clockSkew(),
        promised.safeResendWindow(),
        horizon);
  }
}
