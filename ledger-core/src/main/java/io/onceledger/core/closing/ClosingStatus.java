package io.onceledger.core.closing;

import io.onceledger.core.database.Instants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * How far the books are closed and audited.
 *
 * @param closedUntil no entry will be added before it
 * @param headHash of the last block, 64 hexadecimal digits; zeros when there is none
 * @param verifiedUntil up to where the present round of the audit has come; null before the first
 * @param lastRoundAt when a round last ended; null before the first
 * @param lagSeconds by how much {@code closedUntil} is behind the database's clock
 */
public record ClosingStatus(
    Instant closedUntil,
    long blocks,
    long entries,
    String headHash,
    Instant verifiedUntil,
    Instant lastRoundAt,
    long lagSeconds) {

  private static final String READ =
      """
      SELECT closed_until, blocks, entries, encode(head_hash, 'hex') AS head_hash, audited_until,
             round_ended_at, age_seconds(closed_until) AS lag_seconds
      FROM closing
      """;

  /** Reads one row. Needs the writer or the operator role. */
  public static ClosingStatus read(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new ClosingStatus(
          Instants.read(row, "closed_until"),
          row.getLong("blocks"),
          row.getLong("entries"),
          row.getString("head_hash"),
          Instants.read(row, "audited_until"),
          Instants.read(row, "round_ended_at"),
          row.getLong("lag_seconds"));
    }
  }
}
