package io.onceledger.core.charge;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.id.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes the rows of charges. Whoever does locks the charges first ({@link #lock}), in the order
 * of their keys, then anything else. Each method is one statement inside the caller's transaction.
 */
public final class ChargeRows {

  private static final String LOCK =
      """
      SELECT c.merchant_id, c.id, c.status, c.amount, c.currency, c.fee_basis_points, c.fee_fixed,
             c.amount_refunded, c.amount_reserved, c.event_count, c.processor_payment,
             c.disputed_early
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, id)
      JOIN charge AS c USING (merchant_id, id)
      ORDER BY c.merchant_id, c.id
      FOR UPDATE OF c
      """;

  private static final String CHANGE =
      """
      UPDATE charge AS c
      SET status = change.status,
          event_count = c.event_count + change.events,
          decline_code = coalesce(change.decline_code, c.decline_code),
          processor_payment = coalesce(change.processor_payment, c.processor_payment),
          amount_refunded = c.amount_refunded + change.refunded,
          amount_reserved = CASE change.reserved
                              WHEN 0 THEN c.amount_reserved
                              ELSE c.amount_reserved + change.reserved
                            END,
          updated_at = now()
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::bigint[],
                  ?::bigint[])
        AS change (merchant_id, id, status, events, decline_code, processor_payment, refunded,
                   reserved)
      WHERE c.merchant_id = change.merchant_id AND c.id = change.id
      """;

  private static final String MARK_DISPUTED_EARLY =
      """
      UPDATE charge
      SET disputed_early = true
      WHERE merchant_id = ? AND id = ?
      """;

  private ChargeRows() {}

  /**
   * What becomes of a locked charge's row.
   *
   * @param status the one it takes on, or keeps
   * @param events that are appended
   * @param declineCode null leaves it as it is
   * @param processorPayment null leaves it as it is
   * @param refunded by how much more is refunded of it
   * @param reserved by how much more is reserved, or less
   */
  public record Change(
      LockedCharge charge,
      Status status,
      int events,
      String declineCode,
      String processorPayment,
      long refunded,
      long reserved) {

    /** Leaves everything as it is. */
    public static Change none(LockedCharge charge) {
      return new Change(charge, charge.status(), 0, null, null, 0, 0);
    }

    /** Both, one after the other, of one charge. */
    public Change plus(Change next) {
      return new Change(
          charge,
          next.status,
          events + next.events,
          next.declineCode == null ? declineCode : next.declineCode,
          next.processorPayment == null ? processorPayment : next.processorPayment,
          refunded + next.refunded,
          reserved + next.reserved);
    }
  }

  /** Reads the charges with these keys and locks them until the transaction ends. */
  public static Map<Resource, LockedCharge> lock(Connection connection, List<Resource> keys)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      new ColumnArrays<>(statement, keys).uuids(Resource::merchant).uuids(Resource::charge);
      try (ResultSet rows = statement.executeQuery()) {
        Map<Resource, LockedCharge> charges = new HashMap<>();
        while (rows.next()) {
          LockedCharge charge = LockedCharge.read(rows);
          charges.put(charge.key(), charge);
        }
        return charges;
      }
    }
  }

  /** Writes these changes, at most one for each charge, all of which are locked. */
  public static void change(Connection connection, List<Change> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
      new ColumnArrays<>(statement, changes)
          .uuids(change -> change.charge().key().merchant())
          .uuids(change -> change.charge().key().charge())
          .texts(change -> change.status().text())
          .ints(Change::events)
          .texts(Change::declineCode)
          .texts(Change::processorPayment)
          .longs(Change::refunded)
          .longs(Change::reserved);
      if (statement.executeUpdate() != changes.size()) {
        throw new IllegalStateException("a charge that was locked is gone");
      }
    }
  }

  /** Has whoever moves this charge, which is locked and open, look for the dispute that waits. */
  public static void markDisputedEarly(Connection connection, Resource charge) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MARK_DISPUTED_EARLY)) {
      statement.setObject(1, charge.merchant());
      statement.setObject(2, charge.charge());
      statement.executeUpdate();
    }
  }
}
