package io.onceledger.core.inbox;

import io.onceledger.core.database.Instants;
import io.onceledger.core.id.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Owns the statement of {@code inbox_message}: rows are written once and stay. */
final class InboxMessages {

  /** Whoever loses waits for the winner's commit, and gets no row. */
  private static final String INSERT =
      """
      INSERT INTO inbox_message
        (merchant_id, message_id, received_at, occurred_at, type, merchant_account, reference,
         payment, dispute, amount, currency, charge_id, refund_id, finding, detail)
      VALUES (?, ?, now(), ?::timestamptz, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (merchant_id, message_id) DO NOTHING
      """;

  private InboxMessages() {}

  /**
   * Remembers a notification.
   *
   * @param about what it names; null when there is no such thing
   * @param detail what contradicts; null when nothing does
   * @return false when it is remembered already
   */
  static boolean insert(
      Connection connection, Notification told, Resource about, Finding finding, String detail)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, told.merchant());
      statement.setString(2, told.messageId());
      statement.setString(3, Instants.text(told.occurredAt()));
      statement.setString(4, told.type().text());
      statement.setString(5, told.merchantAccount());
      statement.setString(6, told.reference());
      statement.setString(7, told.payment());
      statement.setString(8, told.dispute());
      statement.setLong(9, told.amount());
      statement.setString(10, told.currency());
      statement.setObject(11, about == null ? null : about.charge());
      statement.setObject(12, about == null ? null : about.refund());
      statement.setString(13, finding.text());
      statement.setString(14, detail);
      return statement.executeUpdate() == 1;
    }
  }
}
