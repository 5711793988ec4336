package io.onceledger.worker.invariant;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.onceledger.core.invariant.Checker;
import io.onceledger.core.invariant.Invariants;
import io.onceledger.core.invariant.Invariants.Check;
import io.onceledger.core.invariant.SweepStatus;
import io.onceledger.worker.clock.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Checks the rules each second, on a thread of its own, and tells how many are broken. Every worker
 * has one; they take turns. While the database is away it tries again. Stops between two
 * transactions.
 */
@Singleton
class Examiner {

  private static final Logger LOG = Logger.getLogger(Examiner.class);

  private static final SweepStatus UNKNOWN = new SweepStatus(Optional.empty(), Optional.empty());

  private final DataSource dataSource;
  private final Checker checker;
  private final Invariants invariants;
  private final InvariantConfig config;
  private final MultiGauge violations;
  private final Ticker ticker;
  private volatile SweepStatus status = UNKNOWN;
  private volatile List<Check> broken = List.of();
  private boolean failing;

  Examiner(DataSource dataSource, InvariantConfig config, MeterRegistry meters) {
    this.dataSource = dataSource;
    this.checker = new Checker(dataSource);
    this.invariants = new Invariants(dataSource);
    this.config = config;
    this.ticker = new Ticker("examine", config.every(), this::tick);
    this.violations =
        MultiGauge.builder("ledger.violations")
            .description("What breaks a rule of the books, by rule, as the last look found it")
            .register(meters);
    Gauge.builder("ledger.invariants.lag", () -> seconds(status.lag()))
        .baseUnit("seconds")
        .description("Since when nobody has checked the books; NaN while nobody knows")
        .register(meters);
    Gauge.builder("ledger.invariants.sweep", () -> seconds(status.round()))
        .baseUnit("seconds")
        .description("How long it took to check everything in turn, the last time")
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

  /** The rules that were broken at the last look. */
  List<Check> broken() {
    return broken;
  }

  /** What fails now is tried again with the next one: each step is a transaction of its own. */
  private boolean tick() {
    try {
      checker.check(config.atMost());
      tell(invariants.kept().checks());
      status = SweepStatus.read(dataSource);
      failing = false;
    } catch (SQLException | RuntimeException e) {
      status = UNKNOWN;
      if (!failing) {
        LOG.warnf("The rules of the books cannot be checked now: %s", e.getMessage());
      }
      failing = true;
    }
    return false;
  }

  private static double seconds(Optional<Duration> time) {
    return time.map(t -> t.toMillis() / 1000.0).orElse(Double.NaN);
  }

  private void tell(List<Check> checks) {
    violations.register(
        checks.stream()
            .map(check -> Row.of(Tags.of("name", check.name()), check.violations()))
            .collect(Collectors.toList()),
        true);
    List<Check> now = checks.stream().filter(check -> check.violations() > 0).toList();
    if (!now.equals(broken)) {
      if (now.isEmpty()) {
        LOG.info("No rule of the books is broken any more");
      } else {
        LOG.errorf("Rules of the books are broken: %s", now);
      }
    }
    broken = now;
  }
}
