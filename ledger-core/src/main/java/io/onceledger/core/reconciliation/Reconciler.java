package io.onceledger.core.reconciliation;

import io.onceledger.core.database.Transactions;
import io.onceledger.core.settlement.SettlementImporter;
import io.onceledger.core.settlement.SettlementImporter.Begun;
import io.onceledger.core.settlement.SettlementReport;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Makes a run: imports the report, heals what it proves, stores what differs, opens reviews, and
 * only then calls the run complete. Each step may be done again after a crash, from the first on,
 * and then finds its work done. Every transaction asks whether the run is still this worker's.
 * Needs the writer role.
 */
public final class Reconciler {

  private final DataSource dataSource;
  private final RunQueue queue;
  private final SettlementImporter importer;
  private final Healing healing;
  private final Comparison comparison;
  private final Evidence evidence;

  public Reconciler(DataSource dataSource, RunQueue queue, ReconciliationTerms terms) {
    this.dataSource = dataSource;
    this.queue = queue;
    this.importer = new SettlementImporter(dataSource);
    this.healing = new Healing(dataSource, queue);
    this.comparison = new Comparison(dataSource, queue, terms);
    this.evidence = new Evidence(dataSource, queue);
  }

  /**
   * Makes {@code run} to its end.
   *
   * @throws IOException when the report could not be read to its end
   * @throws RunLostException when the run has another worker by now
   */
  public void make(ClaimedRun run, ReportSource reports) throws IOException, SQLException {
    importReport(run, reports);
    healing.heal(run);
    comparison.compare(run);
    evidence.ask(run);
    Transactions.run(
        dataSource,
        connection -> {
          queue.complete(connection, run);
          return null;
        });
  }

  private void importReport(ClaimedRun run, ReportSource reports) throws IOException, SQLException {
    Begun begun = importer.begin(run.date(), connection -> queue.hold(connection, run));
    Transactions.run(
        dataSource,
        connection -> {
          queue.importing(connection, run, begun.id());
          return null;
        });
    try (InputStream file = reports.open(run.date())) {
      importer.read(begun, new SettlementReport(file));
    } catch (IOException | SQLException | RuntimeException e) {
      remember(begun, e);
      throw e;
    }
  }

  private void remember(Begun begun, Exception failure) {
    try {
      importer.fail(begun, String.valueOf(failure.getMessage()));
    } catch (SQLException e) {
      // The next import of this date says that this one was lost.
      failure.addSuppressed(e);
    }
  }
}
