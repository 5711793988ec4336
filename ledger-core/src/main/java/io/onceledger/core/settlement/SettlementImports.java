package io.onceledger.core.settlement;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.settlement.ReportLine.Rejected;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Owns the statements of {@code settlement_import} and of its rejections. Each method is one
 * statement in the caller's transaction.
 */
final class SettlementImports {

  /** So many rejections of one report are kept; who has more has another kind of problem. */
  static final int KEPT_REJECTIONS = 1_000;

  private static final int LONGEST_FAILURE = 500;

  private static final String BEGIN =
      """
      WITH lost AS (
        UPDATE settlement_import
        SET state = 'failed', finished_at = now(), failure = 'Its worker was lost'
        WHERE report_date = ? AND state = 'running'
      )
      INSERT INTO settlement_import (id, report_date, started_at)
      VALUES (?, ?, now())
      """;

  private static final String COUNT =
      """
      UPDATE settlement_import
      SET lines = lines + ?, imported = imported + ?, duplicates = duplicates + ?,
          rejected = rejected + ?
      WHERE id = ?
      """;

  private static final String REJECT =
      """
      INSERT INTO settlement_rejection (import_id, line, reason)
      SELECT ?, line, reason
      FROM unnest(?::bigint[], ?::text[]) AS r (line, reason)
      """;

  private static final String COMPLETE =
      """
      UPDATE settlement_import
      SET state = 'complete', finished_at = now(), sha256 = ?
      WHERE id = ? AND state = 'running'
      """;

  private static final String FAIL =
      """
      UPDATE settlement_import
      SET state = 'failed', finished_at = now(), failure = ?
      WHERE id = ? AND state = 'running'
      """;

  private SettlementImports() {}

  /** Begins one; another of this date that still runs has lost its worker. */
  static void begin(Connection connection, UUID id, LocalDate date) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setObject(1, date);
      statement.setObject(2, id);
      statement.setObject(3, date);
      statement.executeUpdate();
    }
  }

  static void count(Connection connection, UUID id, ImportCounts counts) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setLong(1, counts.lines());
      statement.setLong(2, counts.imported());
      statement.setLong(3, counts.duplicates());
      statement.setLong(4, counts.rejected());
      statement.setObject(5, id);
      statement.executeUpdate();
    }
  }

  static void reject(Connection connection, UUID id, List<Rejected> rejections)
      throws SQLException {
    if (rejections.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(REJECT)) {
      statement.setObject(1, id);
      new ColumnArrays<>(statement, rejections, 2).longs(Rejected::number).texts(Rejected::reason);
      statement.executeUpdate();
    }
  }

  static void complete(Connection connection, UUID id, byte[] sha256) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
      statement.setBytes(1, sha256);
      statement.setObject(2, id);
      statement.executeUpdate();
    }
  }

  static void fail(Connection connection, UUID id, String failure) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FAIL)) {
      statement.setString(1, failure.substring(0, Math.min(failure.length(), LONGEST_FAILURE)));
      statement.setObject(2, id);
      statement.executeUpdate();
    }
  }
}
