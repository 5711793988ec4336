package io.onceledger.core.refund;

import io.onceledger.core.charge.Status;
import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.id.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Changes the status of refunds. Whoever does holds their charges, and so needs no lock of their
 * own. Each method is one statement inside the caller's transaction.
 */
public final class RefundRows {

  private static final String READ =
      """
      SELECT r.merchant_id, r.charge_id, r.id, r.status, r.amount
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, id)
      JOIN refund AS r USING (merchant_id, id)
      """;

  private static final String MOVE =
      """
      UPDATE refund AS r
      SET status = move.next_status,
          decline_code = coalesce(move.decline_code, r.decline_code),
          processor_refund = coalesce(move.processor_refund, r.processor_refund),
          updated_at = now()
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[])
        AS move (merchant_id, id, next_status, decline_code, processor_refund)
      WHERE r.merchant_id = move.merchant_id AND r.id = move.id
      """;

  private static final String FIND =
      """
      SELECT r.merchant_id, r.charge_id, r.id
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, id)
      JOIN refund AS r USING (merchant_id, id)
      """;

  private RefundRows() {}

  /**
   * A change of one refund's row.
   *
   * @param declineCode null leaves it as it is
   * @param processorRefund null leaves it as it is
   */
  public record Change(
      Resource refund, Status status, String declineCode, String processorRefund) {}

  /** What a refund is known by while nothing is known of its charge. */
  public record Name(UUID merchant, UUID refund) {}

  /** Those with these names, by name; nothing for one that does not exist. */
  public static Map<Name, Resource> find(Connection connection, List<Name> names)
      throws SQLException {
    if (names.isEmpty()) {
      return Map.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      new ColumnArrays<>(statement, names).uuids(Name::merchant).uuids(Name::refund);
      try (ResultSet rows = statement.executeQuery()) {
        Map<Name, Resource> found = new HashMap<>();
        while (rows.next()) {
          UUID merchant = rows.getObject("merchant_id", UUID.class);
          UUID refund = rows.getObject("id", UUID.class);
          found.put(
              new Name(merchant, refund),
              Resource.refund(merchant, rows.getObject("charge_id", UUID.class), refund));
        }
        return found;
      }
    }
  }

  /** Reads the refunds with these keys, whose charges the transaction has locked before. */
  public static Map<Resource, LockedRefund> read(Connection connection, List<Resource> keys)
      throws SQLException {
    if (keys.isEmpty()) {
      return Map.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      new ColumnArrays<>(statement, keys).uuids(Resource::merchant).uuids(Resource::refund);
      try (ResultSet rows = statement.executeQuery()) {
        Map<Resource, LockedRefund> refunds = new HashMap<>();
        while (rows.next()) {
          LockedRefund refund = LockedRefund.read(rows);
          refunds.put(refund.key(), refund);
        }
        return refunds;
      }
    }
  }

  /** Writes these changes, at most one for each refund. */
  public static void change(Connection connection, List<Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      new ColumnArrays<>(statement, changes)
          .uuids(change -> change.refund().merchant())
          .uuids(change -> change.refund().refund())
          .texts(change -> change.status().text())
          .texts(Change::declineCode)
          .texts(Change::processorRefund);
      statement.executeUpdate();
    }
  }
}
