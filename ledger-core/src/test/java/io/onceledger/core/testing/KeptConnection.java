package io.onceledger.core.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/**
 * Runs statements on a connection that is kept for the next ones: making one, and reading the
 * catalogue on it again, costs more than most statements of a test. Whoever comes while it is in
 * use gets another one. Of all databases only the last few keep one.
 */
final class KeptConnection {

  private static final int MOST = 4;
  private static final Deque<KeptConnection> KEPT = new ArrayDeque<>();

  /** What is done on it. */
  @FunctionalInterface
  interface Work<R> {
    R run(Connection connection) throws SQLException;
  }

  private final DataSource dataSource;
  private Connection idle;

  KeptConnection(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  <R> R run(Work<R> work) throws SQLException {
    Connection connection = take();
    try {
      R result = work.run(connection);
      keep(connection);
      return result;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private Connection take() throws SQLException {
    Connection kept;
    synchronized (KEPT) {
      kept = idle;
      idle = null;
      KEPT.remove(this);
    }
    return kept != null && kept.isValid(1) ? kept : dataSource.getConnection();
  }

  private void keep(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("RESET SESSION AUTHORIZATION; RESET ALL");
    }
    Connection spare = connection;
    synchronized (KEPT) {
      if (idle == null) {
        idle = connection;
        KEPT.addLast(this);
        spare = KEPT.size() > MOST ? KEPT.removeFirst().giveUp() : null;
      }
    }
    if (spare != null) {
      spare.close();
    }
  }

  private Connection giveUp() {
    Connection kept = idle;
    idle = null;
    return kept;
  }
}
