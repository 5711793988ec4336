package io.onceledger.core.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in one READ COMMITTED transaction: all of it is committed, or none. */
public final class Transactions {

  private Transactions() {}

  /** The statements of one transaction. */
  @FunctionalInterface
  public interface Work<R> {
    R run(Connection connection) throws SQLException;
  }

  /**
   * Commits what {@code work} did and returns its result; rolls back when it throws.
   *
   * @throws SQLException also when the commit was cut off: then the outcome is unknown
   */
  public static <R> R run(DataSource dataSource, Work<R> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        R result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      } finally {
        if (!connection.isClosed()) {
          connection.setAutoCommit(true);
        }
      }
    }
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
