package io.onceledger.worker.invariant;

import static io.onceledger.worker.testing.Background.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.onceledger.core.invariant.Invariants;
import io.onceledger.core.testing.CuttingProxy;
import io.onceledger.core.testing.CuttingProxy.Cut;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExaminerTest {

  private record Config(Duration every, Duration atMost) implements InvariantConfig {}

  private static final Config CONFIG = new Config(Duration.ofMillis(20), Duration.ofMillis(150));

  private final LedgerDatabase database = LedgerDatabase.create();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CuttingProxy wire = database.wire();
  private final Examiner examiner = new Examiner(database.writer(wire), CONFIG, meters);
  private final BooksCheck health = new BooksCheck(examiner);

  @BeforeEach
  void start() throws SQLException {
    TestCharges.accept(database, TestCharges.merchant(database), 3);
    examiner.start(new StartupEvent());
  }

  @AfterEach
  void stop() throws Exception {
    examiner.stop(new ShutdownEvent());
    wire.close();
    assertThat(examiner.isRunning()).isFalse();
  }

  @Test
  void damage_shows_everywhere_and_heals() throws SQLException {
    eventually().until(() -> meters.find("ledger.violations").gauges().size() > 10);
    assertThat(health.call().getStatus()).isEqualTo(Status.UP);

    database.execute("UPDATE charge SET event_count = 7");
    eventually().until(() -> violations() == 3);
    eventually().until(() -> health.call().getStatus() == Status.DOWN);
    assertThat(health.call().getData().orElseThrow()).containsEntry("charge_has_its_events", 3L);
    assertThat(new Invariants(database.operator()).read().violations()).hasSize(3);

    database.execute("UPDATE charge SET event_count = 0");
    eventually().until(() -> violations() == 0);
    eventually().until(() -> health.call().getStatus() == Status.UP);
  }

  @Test
  void several_disturb_nobody() throws SQLException {
    Examiner other = new Examiner(database.writer(), CONFIG, new SimpleMeterRegistry());
    other.start(new StartupEvent());

    database.execute("UPDATE charge SET event_count = 7");
    eventually().until(() -> violations() == 3);
    database.execute("UPDATE charge SET event_count = 0");
    eventually().until(() -> violations() == 0);

    other.stop(new ShutdownEvent());
  }

  @Test
  void while_the_database_is_away_it_tries_again_and_says_that_it_knows_nothing() throws Exception {
    eventually().until(() -> gauge("ledger.invariants.sweep") >= 0);

    wire.cut(Cut.EVERYWHERE);
    eventually().until(() -> Double.isNaN(gauge("ledger.invariants.lag")));
    wire.cut(Cut.NOWHERE);

    eventually().until(() -> gauge("ledger.invariants.lag") >= 0);
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  /** -1 before the first look. */
  private double violations() {
    Gauge gauge = meters.find("ledger.violations").tag("name", "charge_has_its_events").gauge();
    return gauge == null ? -1 : gauge.value();
  }
}
