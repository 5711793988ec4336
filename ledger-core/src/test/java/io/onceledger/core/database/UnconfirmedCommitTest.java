package io.onceledger.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onceledger.core.testing.OwnThread;
import io.onceledger.postgres.EmbeddedPostgresServer;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A server of its own: one that waits for a standby would stop all other tests. */
class UnconfirmedCommitTest {

  @Test
  void a_commit_whose_wait_for_the_standby_was_cancelled_is_unknown(@TempDir Path data)
      throws Exception {
    int port = freePort();
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, port)) {
      execute(database(server), "CREATE TABLE t (x integer)");
      execute(database(server), "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    }
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data, port)) {
      PGSimpleDataSource database = database(server);

      CompletableFuture<SqlFailure> commit = OwnThread.supply(() -> insert(database));
      await().until(() -> execute(database, CANCEL_WAITING));

      assertThat(commit.get()).isEqualTo(SqlFailure.UNAVAILABLE);
    }
  }

  private static final String CANCEL_WAITING =
      "SELECT count(pg_cancel_backend(pid)) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

  private static PGSimpleDataSource database(EmbeddedPostgresServer server) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(server.jdbcUrl("postgres"));
    database.setUser("postgres");
    return database;
  }

  private static SqlFailure insert(PGSimpleDataSource database) {
    try {
      return Transactions.run(
          database,
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute("INSERT INTO t VALUES (1)");
              return null;
            }
          });
    } catch (SQLException e) {
      return SqlFailure.of(e);
    }
  }

  private static boolean execute(PGSimpleDataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return true;
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
