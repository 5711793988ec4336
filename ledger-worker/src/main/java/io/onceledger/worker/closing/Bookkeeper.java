package io.onceledger.worker.closing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onceledger.core.closing.Auditor;
import io.onceledger.core.closing.Closer;
import io.onceledger.core.closing.ClosingStatus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Closes and audits the books each second, on a thread of its own. Every worker has one; they take
 * turns. While the database is away it tries again. Stops between two transactions.
 */
@Singleton
class Bookkeeper {

  private static final Logger LOG = Logger.getLogger(Bookkeeper.class);

  /** A transaction is never longer: {@code statement_timeout}. */
  private static final long LONGEST_SECONDS = 10;

  private final DataSource dataSource;
  private final Closer closer;
  private final Auditor auditor;
  private final ClosingConfig config;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "close");
  private volatile double lagSeconds = Double.NaN;
  private boolean failing;
  private long anchoredNanos;
  private String anchored = "";

  Bookkeeper(DataSource dataSource, ClosingConfig config, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.closer = new Closer(dataSource);
    this.auditor = new Auditor(dataSource);
    this.config = config;
    Gauge.builder("ledger.closing.lag", () -> lagSeconds)
        .baseUnit("seconds")
        .description("How far the books are closed behind the clock; NaN while nobody knows")
        .register(meters);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  private void run() {
    try {
      do {
        tick();
      } while (!stopping.await(config.every().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("Stopped while idle");
    }
  }

  /** What fails now is tried again with the next one: each step is a transaction of its own. */
  private void tick() {
    try {
      closer.close(config.every());
      auditor.audit(config.auditedEntries());
      ClosingStatus status = ClosingStatus.read(dataSource);
      lagSeconds = status.lagSeconds();
      anchor(status);
      failing = false;
    } catch (SQLException | RuntimeException e) {
      lagSeconds = Double.NaN;
      if (!failing) {
        LOG.warnf("The books cannot be closed or audited now: %s", e.getMessage());
      }
      failing = true;
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
