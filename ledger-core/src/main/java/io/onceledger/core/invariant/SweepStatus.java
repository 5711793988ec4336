package io.onceledger.core.invariant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * How the checking goes.
 *
 * @param lag since the last check that came to its end began; empty before the first
 * @param round how long the last round of the longest sweep took; empty before its end
 */
public record SweepStatus(Optional<Duration> lag, Optional<Duration> round) {

  private static final String READ =
      """
      SELECT (extract(epoch FROM clock_timestamp() - checked_at) * 1000)::bigint AS lag,
             (SELECT CASE WHEN count(round_ended_at) = count(*)
                          THEN max(extract(epoch FROM round_ended_at - round_began_at) * 1000) END
              FROM invariant_sweep)::bigint AS round
      FROM invariant_watch
      """;

  /** Reads three rows. Needs the writer or the operator role. */
  public static SweepStatus read(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new SweepStatus(millis(row, "lag"), millis(row, "round"));
    }
  }

  private static Optional<Duration> millis(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, Long.class)).map(Duration::ofMillis);
  }
}
