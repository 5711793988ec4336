package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.idempotency.Named;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.outcome.Locked;
import io.onceledger.core.outcome.Move;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.outbox.Attempting;
import io.onceledger.worker.processor.Answer;
import io.onceledger.worker.processor.Finding;
import io.onceledger.worker.processor.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Every decision on which money depends, asked for here and nowhere else. As it is, it is the
 * product's; a planted bug overrides one of them.
 */
class Decisions {

  /** What the worker takes the processor's promises for. */
  ProcessorProfile believed(ProcessorProfile promised) {
    return promised;
  }

  /** The key that goes to the processor. */
  String key(Claim claim) {
    return claim.work().idempotencyKey();
  }

  /**
   * Whether the first byte may still leave.
   *
   * @param elapsed since the claim was asked for
   * @param byDatabase the same, as the database's clock has it
   */
  boolean mayBegin(Duration elapsed, Duration byDatabase, Duration sendWithin) {
    return elapsed.compareTo(sendWithin) <= 0;
  }

  /** What an answer proves. */
  Finding read(Claim claim, Answer answer) {
    return Reading.of(claim, answer);
  }

  /** What follows from a finding. */
  Result result(
      Attempting attempting,
      ClaimedWork work,
      Finding finding,
      Duration elapsed,
      Instant steadySince) {
    return attempting.result(work, finding, elapsed, steadySince);
  }

  /** What is made of a claim without a call, as of one whose worker was lost. */
  Optional<Result> withoutCall(
      Attempting attempting, ClaimedWork work, Duration elapsed, Instant steadySince) {
    return attempting.withoutCall(work, elapsed, steadySince);
  }

  /** Whether a delivery is the first of its key; {@code stored} is null when nothing is stored. */
  boolean isFirst(Named<ChargeRequest, ChargeReceipt> stored) {
    return stored == null;
  }

  /** Whether an API answers only what it has committed. */
  boolean acknowledgesAfterCommit() {
    return true;
  }

  /** By which clock leases begin and end. */
  Instant leaseClock(Instant database, Instant worker) {
    return database;
  }

  /** Since when a worker counts the database's time. */
  Instant countsSince(Instant steadySince) {
    return steadySince;
  }

  /** Whether the times of messages go back with the clock. */
  boolean setsBack() {
    return true;
  }

  /** Whether a lease may be renewed. */
  boolean mayRenew(Claim claim, long fence) {
    return fence == claim.fence();
  }

  /** Whether the claim of this step marks a send. */
  boolean marks(Step step) {
    return step == Step.SEND;
  }

  /** Whether a claim may still write; {@code fence} is null when its message is gone. */
  boolean mayWrite(Claim claim, Long fence) {
    return fence != null && fence == claim.fence();
  }

  /** The way of a charge. */
  Optional<Move> move(Result result, Locked charge) {
    return result.move(charge);
  }

  /** Whether a result that may not write is booked. */
  boolean postsStaleResults() {
    return false;
  }

  /** Whether an entry raises balances. */
  boolean raisesBalances(boolean inserted) {
    return inserted;
  }
}
