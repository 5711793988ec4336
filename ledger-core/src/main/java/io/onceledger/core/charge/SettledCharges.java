package io.onceledger.core.charge;

import io.onceledger.core.database.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Tells for which charges waiting has an end. One statement, of any merchant: needs the writer
 * role.
 */
public final class SettledCharges {

  private static final String AMONG =
      """
      SELECT c.merchant_id, c.id
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, id)
      JOIN charge AS c USING (merchant_id, id)
      WHERE c.status NOT IN ('pending', 'unknown')
      """;

  private final DataSource dataSource;

  public SettledCharges(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Those of {@code charges} that are final or in review. */
  public Set<ChargeRows.Key> among(List<ChargeRows.Key> charges) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(AMONG)) {
      new ColumnArrays<>(statement, charges)
          .uuids(ChargeRows.Key::merchant)
          .uuids(ChargeRows.Key::charge);
      try (ResultSet rows = statement.executeQuery()) {
        Set<ChargeRows.Key> settled = new HashSet<>();
        while (rows.next()) {
          settled.add(
              new ChargeRows.Key(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
        }
        return settled;
      }
    }
  }
}
