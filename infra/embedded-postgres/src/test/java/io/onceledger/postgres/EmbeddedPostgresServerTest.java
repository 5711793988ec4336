package io.onceledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {
  /** One for all tests, each of which starts and stops a server on it: initdb takes seconds. */
  @TempDir static Path temporary;

  @Test
  void nothing_that_makes_a_commit_durable_is_switched_off() throws Exception {
    try (EmbeddedPostgresServer server = start()) {
      assertThat(
              query(
                  server,
                  """
                  SELECT current_setting(name)
                  FROM unnest('{fsync,full_page_writes,synchronous_commit}'::text[]) AS name
                  """))
          .containsExactly("on", "on", "on");
      assertThat(query(server, "SHOW listen_addresses")).containsExactly("127.0.0.1");
    }
  }

  @Test
  void committed_data_survives_kill_9_of_the_postmaster_with_a_backend_that_outlives_it()
      throws Exception {
    try (EmbeddedPostgresServer server = start();
        Connection orphan = connect(server)) {
      execute(server, "CREATE TABLE kept AS SELECT 7 AS seven");
      String backend = pid(orphan);
      signal("STOP", backend);
      server.process().destroyForcibly();
      server.process().onExit().get(60, TimeUnit.SECONDS);
      assertThat(temporary.resolve("data/postmaster.pid")).exists();

      CompletableFuture<EmbeddedPostgresServer> next =
          CompletableFuture.supplyAsync(EmbeddedPostgresServerTest::startAgain);
      await()
          .atMost(60, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(temporary.resolve("data.log"))
                      .content()
                      .contains("pre-existing shared memory block"));
      assertThat(next).isNotDone();
      signal("CONT", backend);

      try (EmbeddedPostgresServer restarted = next.get(60, TimeUnit.SECONDS)) {
        assertThat(query(restarted, "SELECT seven FROM kept")).containsExactly("7");
      }
    }
  }

  @Test
  void a_stop_leaves_no_process_and_may_be_repeated() throws Exception {
    EmbeddedPostgresServer server = start();
    assertThat(server.process().isAlive()).isTrue();
    server.close();
    server.close();
    assertThat(server.process().isAlive()).isFalse();
  }

  @Test
  void a_pid_file_that_names_another_program_does_not_prevent_a_start() throws Exception {
    start().close();
    List<String> stale = List.of(Long.toString(ProcessHandle.current().pid()), "data", "0", "5432");
    Files.write(temporary.resolve("data/postmaster.pid"), stale);
    start().close();
  }

  @Test
  void a_taken_port_is_the_reason_that_is_given() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> EmbeddedPostgresServer.start(temporary.resolve("data"), taken.getLocalPort()))
          .isInstanceOf(PostgresUnavailableException.class)
          .hasMessageContaining("Address already in use")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void a_second_server_on_the_same_data_is_refused() throws Exception {
    try (EmbeddedPostgresServer server = start()) {
      assertThatThrownBy(EmbeddedPostgresServerTest::start)
          .hasMessageContaining("already runs")
          .hasMessageContaining(Long.toString(server.process().pid()));
    }
  }

  private static String pid(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void signal(String name, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private static EmbeddedPostgresServer startAgain() {
    try {
      return start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgresServer start() throws IOException {
    return EmbeddedPostgresServer.start(temporary.resolve("data"), freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static List<String> query(EmbeddedPostgresServer server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "");
  }
}
