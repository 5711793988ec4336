package io.onceledger.worker.closing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onceledger.core.closing.Auditor;
import io.onceledger.core.closing.Closer;
import io.onceledger.core.closing.Closer.Step;
import io.onceledger.core.closing.ClosingStatus;
import io.onceledger.worker.clock.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Closes and audits the books each second, on a thread of its own. Every worker has one; they take
 * turns. While the database is away it tries again. Stops between two transactions.
 */
@Singleton
class Bookkeeper {

  private static final Logger LOG = Logger.getLogger(Bookkeeper.class);

  private final DataSource dataSource;
  private final Closer closer;
  private final Auditor auditor;
  private final ClosingConfig config;
  private final Ticker ticker;
  private volatile double lagSeconds = Double.NaN;
  private boolean failing;
  private long anchoredNanos;
  private String anchored = "";

  Bookkeeper(DataSource dataSource, ClosingConfig config, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.closer = new Closer(dataSource);
    this.auditor = new Auditor(dataSource);
    this.config = config;
    this.ticker = new Ticker("close", config.every(), this::tick);
    Gauge.builder("ledger.closing.lag", () -> lagSeconds)
        .baseUnit("seconds")
        .description("How far the books are closed behind the clock; NaN while nobody knows")
        .register(meters);
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  boolean isRunning() {
    return ticker.isRunning();
  }

  /**
   * What fails now is tried again with the next one: each step is a transaction of its own.
   *
   * @return whether it is behind: there was no time for another block
   */
  private boolean tick() {
    try {
      Step last = closer.close(config.every());
      auditor.audit(config.auditedEntries());
      ClosingStatus status = ClosingStatus.read(dataSource);
      lagSeconds = status.lagSeconds();
      anchor(status);
      failing = false;
      return last == Step.SEALED;
    } catch (SQLException | RuntimeException e) {
      lagSeconds = Double.NaN;
      if (!failing) {
        LOG.warnf("The books cannot be closed or audited now: %s", e.getMessage());
      }
      failing = true;
      return false;
    }
  }

  private void anchor(ClosingStatus status) {
    boolean due =
        anchored.isEmpty() || System.nanoTime() - anchoredNanos >= config.anchorEvery().toNanos();
    if (due && !status.headHash().equals(anchored) && status.blocks() > 0) {
      anchored = status.headHash();
      anchoredNanos = System.nanoTime();
      LOG.infof(
          "The books are closed until %s in %s blocks; the last has hash %s",
          status.closedUntil(), status.blocks(), anchored);
    }
  }
}
