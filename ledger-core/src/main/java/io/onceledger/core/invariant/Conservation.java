package io.onceledger.core.invariant;

import io.onceledger.core.database.Instants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * What came in against what became of it: {@code deliveries = executed + replayed + mismatched}.
 * The left side is counted by batches at the door, the right side by keys. One statement, and so
 * one instant. Cost: the keys and charges, once. Needs the operator role.
 */
public final class Conservation {

  private static final String READ =
      """
      SELECT now() AS as_of,
             (SELECT coalesce(sum(deliveries), 0) FROM delivery_tally) AS deliveries,
             (SELECT count(*) FROM idempotency_key) AS executed,
             (SELECT coalesce(sum(replays), 0) FROM key_repeat) AS replayed,
             (SELECT coalesce(sum(mismatches), 0) FROM key_repeat) AS mismatched,
             status, count(*) AS charges
      FROM charge
      GROUP BY GROUPING SETS ((), status)
      """;

  /**
   * The counts at one instant.
   *
   * @param executed keys that made something
   * @param charges by status; statuses that no charge has are absent
   */
  public record Counts(
      Instant asOf,
      long deliveries,
      long executed,
      long replayed,
      long mismatched,
      SortedMap<String, Long> charges) {}

  private final DataSource dataSource;

  public Conservation(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Counts now. */
  public Counts read() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet rows = statement.executeQuery()) {
      SortedMap<String, Long> charges = new TreeMap<>();
      Counts counts = null;
      while (rows.next()) {
        String status = rows.getString("status");
        if (status == null) {
          counts =
              new Counts(
                  Instants.read(rows, "as_of"),
                  rows.getLong("deliveries"),
                  rows.getLong("executed"),
                  rows.getLong("replayed"),
                  rows.getLong("mismatched"),
                  charges);
        } else {
          charges.put(status, rows.getLong("charges"));
        }
      }
      return counts;
    }
  }
}
