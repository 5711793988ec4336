package io.onceledger.standalone.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.standalone.process.Instance;
import io.onceledger.standalone.process.RefusedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  private static final String TABLES =
      """
      CREATE TABLE merchant (
        id uuid PRIMARY KEY, name text NOT NULL, fee_basis_points integer NOT NULL,
        fee_fixed jsonb NOT NULL);
      CREATE TABLE api_key (
        hash bytea PRIMARY KEY, role text NOT NULL, merchant_id uuid REFERENCES merchant,
        hint text NOT NULL)
      """;
  @TempDir static Path directory;
  private static EmbeddedDatabase service;
  private static Instance instance;
  private static DatabaseSettings database;

  @BeforeAll
  static void start() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      database = DatabaseSettings.embedded(free.getLocalPort());
      service =
          new EmbeddedDatabase(
              directory.resolve("postgres"), free.getLocalPort(), directory.resolve("log"));
    }
    instance = service.start();
  }

  @AfterAll
  static void stop() {
    instance.stop();
    assertThat(instance.process().isAlive()).isFalse();
  }

  @Test
  void the_logins_are_no_superusers_and_the_owner_owns_the_database() throws Exception {
    assertThat(
            query(
                "SELECT rolname || rolsuper || rolcreaterole FROM pg_roles WHERE rolname LIKE"
                    + " 'ledger%' ORDER BY 1"))
        .containsExactly("ledger_appfalsefalse", "ledger_ownerfalsetrue");
    assertThat(query("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'ledger'"))
        .containsExactly("ledger_owner");
  }

  @Test
  void the_application_may_not_make_tables() {
    assertThatThrownBy(
            () -> {
              try (Connection connection =
                      DatabaseSettings.connect(database.url(), database.application());
                  Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE mine ()");
              }
            })
        .hasMessageContaining("permission denied");
  }

  @Test
  void seeding_twice_leaves_two_merchants_and_three_keys_of_which_only_hashes_are_stored()
      throws Exception {
    execute(TABLES);
    Seed.plant(database);
    Seed.plant(database);
    assertThat(
            query(
                "SELECT name || ' ' || fee_basis_points || ' ' || (fee_fixed ->> 'USD') FROM"
                    + " merchant ORDER BY name DESC LIMIT 1"))
        .containsExactly("demo 290 30");
    assertThat(query("SELECT role || ' ' || hint FROM api_key ORDER BY 1"))
        .containsExactly("merchant acme", "merchant demo", "operator ator");
    assertThat(query("SELECT 1 FROM api_key WHERE hash = sha256('sk_test_demo')")).hasSize(1);
    execute("DROP TABLE api_key; DROP TABLE merchant");
  }

  @Test
  void a_ledger_that_is_somebody_elses_gets_no_keys() throws Exception {
    execute(TABLES);
    execute("INSERT INTO merchant VALUES (gen_random_uuid(), 'demo', 290, '{}')");
    assertThatThrownBy(() -> Seed.plant(database))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("merchants of its own");
    assertThat(query("SELECT name FROM merchant")).containsExactly("demo");
    assertThat(query("SELECT 1 FROM api_key")).isEmpty();
    execute("DROP TABLE api_key; DROP TABLE merchant");
  }

  @Test
  void seeding_without_tables_is_refused_with_the_reason() {
    assertThatThrownBy(() -> Seed.plant(database))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("merchant");
  }

  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
