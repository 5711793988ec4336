package io.onceledger.core.outcome;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.id.Resource;
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
 * Tells for which charges and refunds waiting has an end. One statement for each of the two kinds,
 * of any merchant: needs the writer role.
 */
public final class Settled {

  private static final String CHARGES =
      """
      SELECT c.merchant_id, c.id
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, id)
      JOIN charge AS c USING (merchant_id, id)
      WHERE c.status NOT IN ('pending', 'unknown')
      """;

  private static final String REFUNDS =
      """
      SELECT r.merchant_id, r.id
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, id)
      JOIN refund AS r USING (merchant_id, id)
      WHERE r.status NOT IN ('pending', 'unknown')
      """;

  private record Key(UUID merchant, UUID id) {
    static Key of(Resource resource) {
      return new Key(resource.merchant(), resource.id());
    }
  }

  private final DataSource dataSource;

  public Settled(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Those of {@code resources} that are final or in review. */
  public List<Resource> among(List<Resource> resources) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Set<Key> settled =
          read(connection, CHARGES, resources.stream().filter(r -> !r.isRefund()).toList());
      settled.addAll(
          read(connection, REFUNDS, resources.stream().filter(Resource::isRefund).toList()));
      return resources.stream().filter(resource -> settled.contains(Key.of(resource))).toList();
    }
  }

  private static Set<Key> read(Connection connection, String sql, List<Resource> resources)
      throws SQLException {
    Set<Key> settled = new HashSet<>();
    if (resources.isEmpty()) {
      return settled;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      new ColumnArrays<>(statement, resources).uuids(Resource::merchant).uuids(Resource::id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          settled.add(new Key(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
        }
        return settled;
      }
    }
  }
}
