package io.onceledger.core.testing;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.Call;
import io.onceledger.core.processor.NextStep;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.OutcomeRecorder;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A worker whose processor says what the test wants, through the stores of production. */
public final class TestWorker {

  private final LedgerDatabase database;
  private final WorkClaims claims;
  private final OutcomeRecorder recorder;

  public TestWorker(LedgerDatabase database) {
    this.database = database;
    claims = new WorkClaims(database.writer());
    recorder = new OutcomeRecorder(database.writer());
  }

  /** Claims what is due, at most {@code limit}. */
  public List<Claim> claim(int limit) throws SQLException {
    return claims.claim(limit, TestClaims.TERMS).stream().map(ClaimedWork::claim).toList();
  }

  /** Claims the one message that is due first. */
  public Claim claim() throws SQLException {
    return claim(1).get(0);
  }

  /** Claims the message of this charge, whatever else is due. */
  public Claim claim(UUID charge) throws SQLException {
    database.execute(
        "UPDATE outbox_message SET due_at = now() - interval '1 year' WHERE resource_id = '"
            + charge
            + "'");
    return claim();
  }

  /** Parks the message of this charge, which needs a person then. */
  public void park(UUID charge, String reason) throws SQLException {
    record(claim(charge), Outcome.AMBIGUOUS, new Park(reason));
  }

  /** Claims the next message and parks it: the charge needs a person. */
  public Claim park(String reason) throws SQLException {
    Claim claim = claim();
    record(claim, Outcome.AMBIGUOUS, new Park(reason));
    return claim;
  }

  /** Records what was asked for by {@code claim}, and what follows. */
  public Recorded record(Claim claim, Outcome outcome, NextStep next) throws SQLException {
    Attempt attempt =
        new Attempt(
            claim.n(), call(claim.step()), outcome, claim.claimedAt(), claim.endsAt(), 200, 5);
    return recorder.write(List.of(new Result(claim, attempt, next))).get(0);
  }

  /** Records that the processor has a payment. */
  public Recorded approve(Claim claim) throws SQLException {
    return record(claim, Outcome.APPROVED, new Conclude(Status.SUCCEEDED, null, "pay_worker"));
  }

  private static Call call(Step step) {
    return switch (step) {
      case SEND, RESEND -> Call.SEND;
      case LOOK_UP -> Call.LOOK_UP;
      case CANCEL -> Call.CANCEL;
      case PARKED -> throw new IllegalArgumentException("a parked message makes no call");
    };
  }
}
