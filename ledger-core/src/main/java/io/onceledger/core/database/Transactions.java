package io.onceledger.core.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import javax.sql.DataSource;

/** Runs work in one READ COMMITTED transaction: all of it is committed, or none. */
public final class Transactions {

  /** SQLSTATE: transaction resolution unknown. */
  private static final String RESOLUTION_UNKNOWN = "08007";

  private Transactions() {}

  /** The statements of one transaction. */
  @FunctionalInterface
  public interface Work<R> {
    R run(Connection connection) throws SQLException;
  }

  /**
   * Commits what {@code work} did and returns its result; rolls back when it throws.
   *
   * @throws SQLException also when the commit was cut off or is not confirmed: then the outcome is
   *     unknown
   */
  public static <R> R run(DataSource dataSource, Work<R> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Plans.renew(connection, Plans.LIFE);
        R result = work.run(connection);
        commit(connection);
        connection.setAutoCommit(true);
        return result;
      } catch (Throwable e) {
        // Errors too: switching autocommit back on would commit what they have left half-done.
        rollBack(connection, e);
        throw e;
      }
    }
  }

  /**
   * A commit that succeeds with a warning was not confirmed by its synchronous standby: someone has
   * cancelled the wait for it, and a failover may lose it.
   */
  private static void commit(Connection connection) throws SQLException {
    connection.clearWarnings();
    connection.commit();
    SQLWarning warning = connection.getWarnings();
    if (warning != null) {
      throw new SQLException(
          "The commit is not confirmed: " + warning.getMessage(), RESOLUTION_UNKNOWN, warning);
    }
  }

  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
      abort(connection, cause);
    }
  }

  /**
   * Ends a connection that cannot be rolled back, so that its pool cannot commit it either. The
   * driver's and not the pool's: Agroal (3.0.1) never gives the place of a connection that was
   * aborted through it to another one. It has heard of the failure from the rollback.
   */
  private static void abort(Connection connection, Throwable cause) {
    try {
      connection.unwrap(Connection.class).abort(Runnable::run);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
