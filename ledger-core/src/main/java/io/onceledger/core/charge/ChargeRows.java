package io.onceledger.core.charge;

import io.onceledger.core.database.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Changes the status of charges. Whoever does locks the charges first ({@link #lock}), in the order
 * of their keys, then anything else. Each method is one statement inside the caller's transaction.
 */
public final class ChargeRows {

  private static final String LOCK =
      """
      SELECT c.merchant_id, c.id, c.status, c.amount, c.currency, c.fee_basis_points, c.fee_fixed,
             c.amount_refunded, c.event_count
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, id)
      JOIN charge AS c USING (merchant_id, id)
      ORDER BY c.merchant_id, c.id
      FOR UPDATE OF c
      """;

  private static final String MOVE =
      """
      UPDATE charge AS c
      SET status = move.next_status,
          event_count = c.event_count + move.events,
          decline_code = coalesce(move.decline_code, c.decline_code),
          processor_payment = coalesce(move.processor_payment, c.processor_payment),
          updated_at = now()
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[])
        AS move (merchant_id, id, status, next_status, events, decline_code, processor_payment)
      WHERE c.merchant_id = move.merchant_id AND c.id = move.id AND c.status = move.status
      RETURNING c.id
      """;

  private ChargeRows() {}

  /** A charge's key. */
  public record Key(UUID merchant, UUID charge) {}

  /** Reads the charges with these keys and locks them until the transaction ends. */
  public static Map<Key, LockedCharge> lock(Connection connection, List<Key> keys)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      new ColumnArrays<>(statement, keys).uuids(Key::merchant).uuids(Key::charge);
      try (ResultSet rows = statement.executeQuery()) {
        Map<Key, LockedCharge> charges = new HashMap<>();
        while (rows.next()) {
          LockedCharge charge = LockedCharge.read(rows);
          charges.put(charge.key(), charge);
        }
        return charges;
      }
    }
  }

  /**
   * Moves locked charges along their paths.
   *
   * @return the ids of those that moved: entries and events may be written for these only
   */
  public static Set<UUID> move(Connection connection, List<Move> moves) throws SQLException {
    if (moves.isEmpty()) {
      return Set.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      new ColumnArrays<>(statement, moves)
          .uuids(move -> move.charge().key().merchant())
          .uuids(move -> move.charge().key().charge())
          .texts(move -> move.charge().status().text())
          .texts(move -> move.last().text())
          .ints(move -> move.path().size())
          .texts(Move::declineCode)
          .texts(Move::processorPayment);
      try (ResultSet rows = statement.executeQuery()) {
        Set<UUID> moved = new HashSet<>();
        while (rows.next()) {
          moved.add(rows.getObject(1, UUID.class));
        }
        return moved;
      }
    }
  }
}
