package io.onceledger.worker.closing;

import static io.onceledger.worker.testing.Background.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.onceledger.core.testing.CuttingProxy;
import io.onceledger.core.testing.CuttingProxy.Cut;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestEntries;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookkeeperTest {

  private record Config(Duration every, int auditedEntries, Duration anchorEvery)
      implements ClosingConfig {}

  private static final Config CONFIG =
      new Config(Duration.ofMillis(20), 10_000, Duration.ofHours(1));

  private final LedgerDatabase database = LedgerDatabase.create();
  private final UUID merchant = database.merchant("key", 0, 0);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CuttingProxy wire = database.wire();
  private final Bookkeeper keeper = new Bookkeeper(database.writer(wire), CONFIG, meters);

  @BeforeEach
  void start() {
    keeper.start(new StartupEvent());
  }

  @AfterEach
  void stop() throws Exception {
    keeper.stop(new ShutdownEvent());
    wire.close();
    assertThat(keeper.isRunning()).isFalse();
  }

  @Test
  void what_is_posted_is_closed_and_damage_shows_and_heals() throws Exception {
    TestEntries.post(database, merchant, 3);
    eventually().until(() -> database.number("SELECT entries FROM closing") == 3);

    database.execute("UPDATE ledger_entry SET amount = 5 - amount WHERE amount IN (2, 3)");
    eventually().until(() -> violations() == 2);

    database.execute("UPDATE ledger_entry SET amount = 5 - amount WHERE amount IN (2, 3)");
    eventually().until(() -> violations() == 0);
  }

  @Test
  void several_disturb_nobody() throws Exception {
    Bookkeeper other = new Bookkeeper(database.writer(), CONFIG, new SimpleMeterRegistry());
    other.start(new StartupEvent());
    TestEntries.post(database, merchant, 50);

    eventually().until(() -> database.number("SELECT entries FROM closing") == 50);

    other.stop(new ShutdownEvent());
    assertThat(violations()).isZero();
  }

  @Test
  void while_the_database_is_away_it_tries_again_and_says_that_it_knows_nothing() throws Exception {
    eventually().until(() -> lag() >= 0);

    wire.cut(Cut.EVERYWHERE);
    eventually().until(() -> Double.isNaN(lag()));
    TestEntries.post(database, merchant, 1);
    wire.cut(Cut.NOWHERE);

    eventually().until(() -> database.number("SELECT entries FROM closing") == 1);
    eventually().until(() -> lag() >= 0);
  }

  private double lag() {
    return meters.get("ledger.closing.lag").gauge().value();
  }

  private long violations() {
    return database.violations().stream().filter(text -> text.startsWith("closed_")).count();
  }
}
