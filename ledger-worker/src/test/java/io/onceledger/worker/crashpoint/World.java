package io.onceledger.worker.crashpoint;

import io.onceledger.core.invariant.Conservation;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.worker.outbox.TestDispatcher;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What all runs share: a database whose clock runs and can be set forward, the processor, and what
 * was wrong already, so that one run is not blamed for another. Runs are one after the other.
 */
final class World implements AutoCloseable {

  private final LedgerDatabase database = LedgerDatabase.create();
  private final DataSource writer;
  private final Connection superuser;
  private final Sessions sessions;
  private final Conservation conservation;
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedProcessor processor = new ScriptedProcessor(vertx);
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
  private final Map<Caches, SmallRyeConfig> configs = new EnumMap<>(Caches.class);
  private final Set<String> known = new HashSet<>();
  private long escaped;

  World() throws SQLException {
    // Stands before the built-in one in the search path, so not a statement is changed.
    database.execute(
        """
        CREATE SCHEMA clock;
        CREATE TABLE clock.hand (ahead interval NOT NULL);
        INSERT INTO clock.hand VALUES ('0');
        CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE
          RETURN pg_catalog.now() + (SELECT ahead FROM clock.hand);
        GRANT USAGE ON SCHEMA clock TO ledger_writer;
        GRANT SELECT ON clock.hand TO ledger_writer;
        """);
    PGSimpleDataSource writing = (PGSimpleDataSource) database.writer();
    writing.setOptions(writing.getOptions() + " -c search_path=clock,pg_catalog,public");
    writer = writing;
    conservation = new Conservation(unclosed(database.operator().getConnection()));
    superuser = database.superuser().getConnection();
    sessions = new Sessions(database.superuser().getConnection());
  }

  /** A connection in the writer's role, as out of a pool: maybe one that another has used. */
  Connection connect() throws SQLException {
    Connection used = idle.poll();
    return used != null ? used : writer.getConnection();
  }

  /** Takes a connection back; keeps it if it can be used again. */
  void release(Connection connection) throws SQLException {
    if (connection.getAutoCommit() && !sessions.hasEnded(connection)) {
      idle.add(connection);
    } else {
      connection.close();
    }
  }

  Vertx vertx() {
    return vertx;
  }

  ScriptedProcessor processor() {
    return processor;
  }

  Sessions sessions() {
    return sessions;
  }

  Merchant merchant() {
    UUID id = UUID.randomUUID();
    column(
        """
        INSERT INTO merchant (id, name, fee_basis_points, fee_fixed)
        VALUES (?, 'Test', 290, '{"USD": 30}')
        RETURNING id
        """,
        id);
    return new Merchant(id, 290, Map.of("USD", 30L));
  }

  /** A worker's, with times so long that only the test ends a lease. */
  SmallRyeConfig config(Caches caches) {
    return configs.computeIfAbsent(caches, this::makeConfig);
  }

  private SmallRyeConfig makeConfig(Caches caches) {
    return TestDispatcher.mapped(new SmallRyeConfigBuilder())
        .addDiscoveredConverters()
        .withSources(
            new PropertiesConfigSource(
                Map.of(
                    "ledger.processor.url", processor.url(),
                    "ledger.processor.concurrency", "4",
                    "ledger.processor.profile.caches", caches.name().toLowerCase(Locale.ROOT),
                    "ledger.worker.send-within", "30s",
                    "ledger.worker.lease", "60s",
                    "ledger.worker.longest-unseen", "24h",
                    "ledger.worker.idle-pause", "2ms",
                    "ledger.worker.recorders", "1"),
                "crash points",
                500))
        .build();
  }

  /** Lets time pass until the merchant's message is due; false without one. */
  boolean advanceToDue(UUID merchant) {
    return !column(
            """
            UPDATE clock.hand
            SET ahead = greatest(ahead, m.due_at - now() + interval '1 millisecond')
            FROM outbox_message AS m
            WHERE m.merchant_id = ? AND m.step <> 'parked'
            RETURNING extract(epoch FROM ahead)
            """,
            merchant)
        .isEmpty();
  }

  /** Lets time pass. */
  void advance(Duration by) {
    column(
        """
        UPDATE clock.hand
        SET ahead = ahead + ? * interval '1 second'
        RETURNING extract(epoch FROM ahead)
        """,
        by.toSeconds());
  }

  /**
   * By how much the monotonic clocks of all processes are ahead: read where the database's clock is
   * set, so that nobody ever sees one of them without the other.
   */
  long aheadNanos() {
    String seconds = column("SELECT extract(epoch FROM ahead) FROM clock.hand").get(0);
    return new BigDecimal(seconds).movePointRight(9).longValue();
  }

  /** The first column of a query, as the superuser. */
  List<String> column(String sql, Object... parameters) {
    try {
      return LedgerDatabase.column(superuser, sql, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** What has become wrong since the last call, according to {@code ledger_violation}. */
  List<String> newViolations() {
    return column("SELECT name || ': ' || detail FROM ledger_violation ORDER BY 1").stream()
        .filter(known::add)
        .toList();
  }

  /** Deliveries since the last call that are not accounted for, or accounted for twice. */
  long newlyUnaccounted() throws SQLException {
    Conservation.Counts counts = conservation.read();
    long now = counts.deliveries() - counts.executed() - counts.replayed() - counts.mismatched();
    long before = escaped;
    escaped = now;
    return now - before;
  }

  /** Hands out one connection again and again. */
  private static DataSource unclosed(Connection connection) {
    Connection held =
        TappedDatabase.proxy(
            Connection.class,
            (self, method, arguments) ->
                method.getName().equals("close")
                    ? null
                    : TappedDatabase.call(connection, method, arguments));
    return TappedDatabase.proxy(DataSource.class, (self, method, arguments) -> held);
  }

  /** Has the threads of a dead process end; nobody waits for them. */
  void bury(AutoCloseable process) {
    Thread undertaker =
        new Thread(
            () -> {
              try {
                process.close();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            "undertaker");
    undertaker.setDaemon(true);
    undertaker.start();
  }

  @Override
  public void close() throws SQLException {
    processor.close();
    vertx.close();
    superuser.close();
    sessions.close();
  }
}
