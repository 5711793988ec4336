package io.onceledger.core.inbox;

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
import java.util.function.Function;

/** Owns the statement of {@code inbox_message}: rows are written once and stay. */
final class InboxMessages {

  /**
   * Whoever loses waits for the winner's commit, and gets no row; in one order, so nobody twice.
   */
  private static final String INSERT =
      """
      INSERT INTO inbox_message
        (merchant_id, message_id, received_at, occurred_at, type, merchant_account, reference,
         payment, dispute, amount, currency, charge_id, refund_id, finding, detail)
      SELECT merchant_id, message_id, now(), occurred_at::timestamptz, type, merchant_account,
             reference, payment, dispute, amount, currency, charge_id, refund_id, finding, detail
      FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                  ?::text[], ?::bigint[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[])
        AS told (merchant_id, message_id, occurred_at, type, merchant_account, reference, payment,
                 dispute, amount, currency, charge_id, refund_id, finding, detail)
      ORDER BY merchant_id, message_id COLLATE "C"
      ON CONFLICT (merchant_id, message_id) DO NOTHING
      RETURNING merchant_id, message_id
      """;

  /** What a row is known by. */
  record Key(UUID merchant, String messageId) {
    static Key of(Notification told) {
      return new Key(told.merchant(), told.messageId());
    }
  }

  /**
   * A notification, and what is found.
   *
   * @param about what it names; null when there is no such thing
   * @param detail what contradicts; null when nothing does
   */
  record Row(Notification told, Resource about, Finding finding, String detail) {
    Key key() {
      return Key.of(told);
    }
  }

  private InboxMessages() {}

  /**
   * Remembers notifications, each with a key of its own.
   *
   * @return the keys of those that were not remembered already
   */
  static Set<Key> insert(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      new ColumnArrays<>(statement, rows)
          .uuids(row -> row.told().merchant())
          .texts(row -> row.told().messageId())
          .instants(row -> row.told().occurredAt())
          .texts(row -> row.told().type().text())
          .texts(row -> row.told().merchantAccount())
          .texts(row -> row.told().reference())
          .texts(row -> row.told().payment())
          .texts(row -> row.told().dispute())
          .longs(row -> row.told().amount())
          .texts(row -> row.told().currency())
          .uuids(about(Resource::charge))
          .uuids(about(Resource::refund))
          .texts(row -> row.finding().text())
          .texts(Row::detail);
      try (ResultSet inserted = statement.executeQuery()) {
        Set<Key> keys = new HashSet<>();
        while (inserted.next()) {
          keys.add(
              new Key(
                  inserted.getObject("merchant_id", UUID.class), inserted.getString("message_id")));
        }
        return keys;
      }
    }
  }

  private static Function<Row, UUID> about(Function<Resource, UUID> id) {
    return row -> row.about() == null ? null : id.apply(row.about());
  }
}
