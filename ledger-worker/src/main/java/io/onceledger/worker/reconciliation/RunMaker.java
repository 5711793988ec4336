package io.onceledger.worker.reconciliation;

import io.agroal.api.AgroalDataSource;
import io.onceledger.core.reconciliation.ClaimedRun;
import io.onceledger.core.reconciliation.Reconciler;
import io.onceledger.core.reconciliation.ReconciliationTerms;
import io.onceledger.core.reconciliation.RunLostException;
import io.onceledger.core.reconciliation.RunQueue;
import io.onceledger.worker.processor.ProcessorConfig;
import io.onceledger.worker.processor.SettlementReports;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One thread that takes runs and makes them. It shares nothing with the sending of charges but the
 * database: a report that never ends holds up no charge.
 */
@Singleton
class RunMaker {

  private static final Logger LOG = Logger.getLogger(RunMaker.class);

  /** A batch is written in a fraction of it; a comparison is left, and made again by another. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final RunQueue queue;
  private final Reconciler reconciler;
  private final SettlementReports reports;
  private final ReconciliationConfig config;
  private final Thread thread = new Thread(this::run, "reconcile");
  private volatile boolean stopping;

  RunMaker(
      @DataSource("reconciliation") AgroalDataSource dataSource,
      SettlementReports reports,
      ProcessorConfig processor,
      ReconciliationConfig config) {
    ReconciliationTerms terms = config.checkedTerms(processor.reportStall());
    this.queue = new RunQueue(dataSource, terms.lease());
    this.reconciler = new Reconciler(dataSource, queue, terms);
    this.reports = reports;
    this.config = config;
    thread.setDaemon(true);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  /** Gives a run back that is not finished; what it has written stays, and is found by the next. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException, IOException {
    stopping = true;
    reports.abort();
    thread.interrupt();
    thread.join(PATIENCE.toMillis());
  }

  private void run() {
    try {
      while (!stopping) {
        if (!work()) {
          Thread.sleep(config.idlePause().toMillis());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped while idle");
    }
  }

  /** Makes the next run; false when there was none. */
  private boolean work() {
    try {
      if (config.daily() && queue.schedule(config.dailyAt()) > 0) {
        LOG.info("The daily reconciliation is due");
      }
      Optional<ClaimedRun> run = queue.claim();
      run.ifPresent(this::make);
      return run.isPresent();
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("Cannot look for reconciliations: %s", e.getMessage());
      return false;
    }
  }

  private void make(ClaimedRun run) {
    LOG.infof("Reconciliation of %s begins, attempt %d", run.date(), run.attempt());
    try {
      reconciler.make(run, reports);
      LOG.infof("Reconciliation of %s is complete", run.date());
    } catch (RunLostException e) {
      LOG.info(e.getMessage());
    } catch (IOException | SQLException | RuntimeException e) {
      giveBack(run, e);
    }
  }

  private void giveBack(ClaimedRun run, Exception failure) {
    try {
      if (stopping) {
        queue.release(run);
      } else {
        LOG.warnf("Reconciliation of %s failed: %s", run.date(), failure.getMessage());
        queue.fail(run, String.valueOf(failure.getMessage()));
      }
    } catch (SQLException e) {
      LOG.warnf("The reconciliation of %s is left to its lease: %s", run.date(), e.getMessage());
    }
  }
}
