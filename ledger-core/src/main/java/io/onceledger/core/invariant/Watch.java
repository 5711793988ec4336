package io.onceledger.core.invariant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The row that says how far checks have come, and whose lock is the right to check the balances or
 * what was booked lately. In the caller's transaction.
 */
final class Watch {

  private static final String LOCK =
      """
      SELECT clock_timestamp()::text AS at
      FROM invariant_watch
      FOR UPDATE SKIP LOCKED
      """;

  private static final String MOVE =
      """
      UPDATE invariant_watch
      SET delta_at = ?::timestamptz, delta_id = ?::uuid
      """;

  private static final String DONE =
      """
      UPDATE invariant_watch
      SET checked_at = ?::timestamptz
      """;

  private Watch() {}

  /** The time of the database when it was locked; null when another checker has it. */
  static String lock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getString("at") : null;
    }
  }

  /** All entries up to this one have been checked. */
  static void moveTo(Connection connection, String at, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setString(1, at);
      statement.setObject(2, id);
      statement.executeUpdate();
    }
  }

  /** A check that began then has come to its end. */
  static int checked(Connection connection, String at) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DONE)) {
      statement.setString(1, at);
      return statement.executeUpdate();
    }
  }
}
