package io.onceledger.api.testing;

import io.onceledger.core.reconciliation.ClaimedRun;
import io.onceledger.core.reconciliation.Reconciler;
import io.onceledger.core.reconciliation.ReconciliationTerms;
import io.onceledger.core.reconciliation.RunQueue;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestReport;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The worker's part in reconciliation, with a processor that reports what the test wants. */
public final class Reconciling {

  private static final ReconciliationTerms TERMS =
      new ReconciliationTerms(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO);

  private Reconciling() {}

  /** Makes the runs that were asked for, each over {@code report}. */
  public static void makeAll(LedgerDatabase database, TestReport report)
      throws IOException, SQLException {
    RunQueue queue = new RunQueue(database.writer(), TERMS.lease());
    Reconciler reconciler = new Reconciler(database.writer(), queue, TERMS);
    Optional<ClaimedRun> run = queue.claim();
    while (run.isPresent()) {
      reconciler.make(run.get(), date -> report.open());
      run = queue.claim();
    }
  }
}
