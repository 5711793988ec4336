package io.onceledger.core.statement;

import io.onceledger.core.database.Instants;
import io.onceledger.core.ledger.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * What was posted to an account before an instant: the newest checkpoint, and the entries since.
 * Two statements; a few thousand rows, however many there are. The caller's transaction is
 * REPEATABLE READ, so that both are of one snapshot.
 *
 * @param debits minor units
 * @param credits minor units
 */
public record AccountSums(long debits, long credits) {

  private static final String CHECKPOINT =
      """
      SELECT at::text, debits, credits
      FROM account_checkpoint
      WHERE merchant_id = ? AND account = ? AND currency = ? AND at <= ?::timestamptz
      ORDER BY at DESC
      LIMIT 1
      """;

  /** Of the merchant's entries between two times, which an index knows, those of the account. */
  private static final String SINCE =
      """
      SELECT coalesce(sum(amount) FILTER (WHERE debit_account = ?), 0) AS debits,
             coalesce(sum(amount) FILTER (WHERE credit_account = ?), 0) AS credits
      FROM ledger_entry
      WHERE merchant_id = ? AND posted_at >= ?::timestamptz AND posted_at < ?::timestamptz
        AND currency = ?
      """;

  private record Checkpoint(String at, AccountSums sums) {}

  /** The sums of all entries before {@code bound}, to the microsecond. */
  public static AccountSums before(
      Connection connection, UUID merchant, Account account, String currency, Instant bound)
      throws SQLException {
    Checkpoint checkpoint = checkpoint(connection, merchant, account, currency, bound);
    try (PreparedStatement statement = connection.prepareStatement(SINCE)) {
      statement.setString(1, account.text());
      statement.setString(2, account.text());
      statement.setObject(3, merchant);
      statement.setString(4, checkpoint.at());
      statement.setString(5, Instants.text(bound));
      statement.setString(6, currency);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new AccountSums(
            Math.addExact(checkpoint.sums().debits(), row.getLong("debits")),
            Math.addExact(checkpoint.sums().credits(), row.getLong("credits")));
      }
    }
  }

  private static Checkpoint checkpoint(
      Connection connection, UUID merchant, Account account, String currency, Instant bound)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHECKPOINT)) {
      statement.setObject(1, merchant);
      statement.setString(2, account.text());
      statement.setString(3, currency);
      statement.setString(4, Instants.text(bound));
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? new Checkpoint(
                row.getString("at"), new AccountSums(row.getLong("debits"), row.getLong("credits")))
            : new Checkpoint("-infinity", new AccountSums(0, 0));
      }
    }
  }
}
