package io.onceledger.api.testing;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.Call;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.OutcomeRecorder;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestClaims;
import java.sql.SQLException;
import java.util.List;

/** Stands in for worker and processor: approves what is due, through the stores of production. */
public final class Processor {

  private Processor() {}

  /** Approves all that is due, and returns how much that was. */
  public static int approveAll(LedgerDatabase database) throws SQLException {
    List<ClaimedWork> works = new WorkClaims(database.writer()).claim(1_000, TestClaims.TERMS);
    if (!works.isEmpty()) {
      new OutcomeRecorder(database.writer())
          .write(works.stream().map(work -> approved(work.claim())).toList());
    }
    return works.size();
  }

  private static Result approved(Claim claim) {
    Attempt attempt =
        new Attempt(
            claim.n(), Call.SEND, Outcome.APPROVED, claim.claimedAt(), claim.endsAt(), 201, 5);
    return new Result(claim, attempt, new Conclude(Status.SUCCEEDED, null, "pay_1"));
  }
}
