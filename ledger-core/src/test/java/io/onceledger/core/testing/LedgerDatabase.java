package io.onceledger.core.testing;

import io.onceledger.postgres.SharedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a test's own on the real PostgreSQL of this build, migrated as in production and
 * with nothing in it. Made by copying a template that is migrated once per test JVM.
 */
public final class LedgerDatabase {

  private static final String OWNER = "ledger_test_owner";
  private static final String APPLICATION = "ledger_test_app";
  private static final String PLANS_BY_KEY = plansByKey();
  private static final String TEMPLATE = "ledger_template_" + ProcessHandle.current().pid();

  private static boolean templateReady;

  private final String name;
  private final KeptConnection superuser;

  private LedgerDatabase(String name) {
    this.name = name;
    this.superuser = new KeptConnection(dataSource(SharedPostgres.jdbcUrl(name)));
  }

  /** A new one. */
  public static synchronized LedgerDatabase create() {
    makeTemplate();
    String name = "ledger_" + UUID.randomUUID().toString().replace('-', '_');
    superuser("postgres", "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    return new LedgerDatabase(name);
  }

  /** What an application is configured with. */
  public Map<String, String> configuration() {
    return Map.of(
        "ledger.database.url", SharedPostgres.jdbcUrl(name),
        "ledger.database.user", APPLICATION,
        "ledger.database.password", APPLICATION,
        "ledger.database.migration-user", OWNER,
        "ledger.database.migration-password", OWNER);
  }

  /** As {@link #configuration}, with the application's connections over {@code wire}. */
  public Map<String, String> configuration(CuttingProxy wire) {
    Map<String, String> configuration = new HashMap<>(configuration());
    configuration.put("ledger.database.url", url(wire));
    return configuration;
  }

  /** A proxy in front of the server. */
  public CuttingProxy wire() {
    URI server = URI.create(SharedPostgres.jdbcUrl(name).substring("jdbc:".length()));
    return new CuttingProxy(server.getHost(), server.getPort());
  }

  /** As {@link #writer()}, over {@code wire}. */
  public DataSource writer(CuttingProxy wire) {
    return inRole("ledger_writer", url(wire), "500ms", PLANS_BY_KEY);
  }

  private String url(CuttingProxy wire) {
    return "jdbc:postgresql://127.0.0.1:" + wire.port() + "/" + name;
  }

  /** Connections as an application's, in the role that accepts and records. */
  public DataSource writer() {
    return inRole("ledger_writer", SharedPostgres.jdbcUrl(name), "10s", PLANS_BY_KEY);
  }

  /** Connections as an application's, in the role that reads for merchants. */
  public DataSource reader() {
    return inRole("ledger_reader", SharedPostgres.jdbcUrl(name), "10s", "");
  }

  /** Connections as an application's, in the role that answers operators. */
  public DataSource operator() {
    return inRole("ledger_operator", SharedPostgres.jdbcUrl(name), "10s", "");
  }

  /** As {@link #operator()}, over {@code wire}. */
  public DataSource operator(CuttingProxy wire) {
    return inRole("ledger_operator", url(wire), "500ms", "");
  }

  /** Connections as the superuser: for what no application may do. */
  public DataSource superuser() {
    return dataSource(SharedPostgres.jdbcUrl(name));
  }

  /** Runs statements as the superuser. */
  public void execute(String sql) {
    asSuperuser(
        sql,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /** The first column of a query, run as the superuser. */
  public List<String> column(String sql, Object... parameters) {
    return asSuperuser(sql, connection -> column(connection, sql, parameters));
  }

  /** The first column of a query. */
  public static List<String> column(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
          values.add(rows.getString(1));
        }
        return values;
      }
    }
  }

  private <R> R asSuperuser(String sql, KeptConnection.Work<R> work) {
    try {
      return superuser.run(work);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** A count, or another single number. */
  public long number(String sql, Object... parameters) {
    return Long.parseLong(column(sql, parameters).get(0));
  }

  /** A single number, as a connection of the caller's sees it. */
  public static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What is wrong in the books; to be empty after every test. */
  public List<String> violations() {
    return column("SELECT name || ': ' || detail FROM ledger_violation ORDER BY 1");
  }

  /** Adds a merchant with a key; the fee is a share and a fixed part in USD. */
  public UUID merchant(String key, int feeBasisPoints, long feeFixedUsd) {
    UUID id = UUID.randomUUID();
    execute(
        """
        INSERT INTO merchant (id, name, fee_basis_points, fee_fixed)
        VALUES ('%1$s', 'Test', %2$d, '{"USD": %3$d}');
        INSERT INTO api_key (hash, role, merchant_id, hint)
        VALUES (sha256(convert_to('%4$s', 'UTF8')), 'merchant', '%1$s', 'test');
        """
            .formatted(id, feeBasisPoints, feeFixedUsd, key));
    return id;
  }

  /** Adds an operator's key. */
  public void operator(String key) {
    execute(
        """
        INSERT INTO api_key (hash, role, hint)
        VALUES (sha256(convert_to('%s', 'UTF8')), 'operator', 'test')
        """
            .formatted(key));
  }

  /**
   * Whoever waits for a lock of another test thread gets it, however busy the machine is; what a
   * test does over a wire of its own is refused as soon as an application's.
   */
  private static DataSource inRole(
      String role, String url, String lockTimeout, String moreOptions) {
    PGSimpleDataSource dataSource = dataSource(url);
    dataSource.setUser(APPLICATION);
    dataSource.setPassword(APPLICATION);
    dataSource.setOptions(
        "-c lock_timeout=%s -c role=%s %s".formatted(lockTimeout, role, moreOptions).strip());
    return dataSource;
  }

  /** As the applications have it; other libraries have files of that name as well. */
  private static String plansByKey() {
    try {
      Properties properties = new Properties();
      for (URL url :
          Collections.list(
              LedgerDatabase.class
                  .getClassLoader()
                  .getResources("META-INF/microprofile-config.properties"))) {
        try (InputStream in = url.openStream()) {
          properties.load(in);
        }
      }
      return Objects.requireNonNull(properties.getProperty("ledger.plans.by-key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PGSimpleDataSource dataSource(String url) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(SharedPostgres.user());
    dataSource.setPassword(SharedPostgres.password());
    return dataSource;
  }

  /**
   * Once per test JVM, whose class loaders may be several, and in one JVM at a time: migrations
   * make roles, which belong to the server that all JVMs of a build share.
   */
  private static void makeTemplate() {
    if (templateReady) {
      return;
    }
    try (Connection alone = dataSource(SharedPostgres.jdbcUrl("postgres")).getConnection();
        Statement statement = alone.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1)");
      if (!templateExists()) {
        makeRoles();
        migrateTemplate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("no template", e);
    }
    templateReady = true;
  }

  /** It has its name when it is whole. */
  private static void migrateTemplate() {
    String unfinished = TEMPLATE + "_" + UUID.randomUUID().toString().replace('-', '_');
    superuser("postgres", "CREATE DATABASE " + unfinished + " OWNER " + OWNER);
    Flyway.configure()
        .dataSource(SharedPostgres.jdbcUrl(unfinished), OWNER, OWNER)
        .placeholders(Map.of("application_user", APPLICATION))
        .load()
        .migrate();
    superuser("postgres", "ALTER DATABASE " + unfinished + " RENAME TO " + TEMPLATE);
  }

  private static boolean templateExists() {
    return new LedgerDatabase("postgres")
            .number("SELECT count(*) FROM pg_database WHERE datname = ?", TEMPLATE)
        > 0;
  }

  private static void makeRoles() {
    superuser(
        "postgres",
        """
        DO $$
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
            CREATE ROLE %1$s LOGIN CREATEROLE PASSWORD '%1$s';
            CREATE ROLE %2$s LOGIN PASSWORD '%2$s';
          END IF;
        END
        $$
        """
            .formatted(OWNER, APPLICATION));
  }

  private static void superuser(String database, String sql) {
    try (Connection connection = dataSource(SharedPostgres.jdbcUrl(database)).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
