package io.onceledger.core.ledger;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.id.PublicId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Posts entries. One statement inserts those that are new and raises the balances by exactly these,
 * netted per account: the sums are as idempotent as the insert, and a hot account costs one row
 * update per batch. Balances are locked in the order of their keys; the caller holds their charges
 * already.
 *
 * <p>An entry bears the time of its statement and not of its transaction, which may have begun long
 * before; and never one from which on it is promised that nothing is posted any more ({@link
 * io.onceledger.core.closing.Closer}), whatever the clock says. The transaction has its number
 * before that time is read: who waits for all lower numbers to end misses no entry.
 */
public final class LedgerEntries {

  private static final String POST =
      """
      WITH posting AS (
        SELECT *
        FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[],
                    ?::text[], ?::bigint[], ?::text[])
          AS p (merchant_id, source_id, id, charge_id, refund_id, kind, debit_account,
                credit_account, amount, currency)
      ),
      moment AS MATERIALIZED (
        SELECT pg_current_xact_id() AS xact, greatest(clock_timestamp(), posted_from) AS at
        FROM closing
      ),
      entry AS (
        INSERT INTO ledger_entry
          (merchant_id, source_id, id, charge_id, refund_id, posted_at, amount, kind, currency,
           debit_account, credit_account)
        SELECT merchant_id, source_id, id, charge_id, refund_id, at, amount, kind, currency,
               debit_account, credit_account
        FROM posting, moment
        ORDER BY merchant_id, source_id, kind
        ON CONFLICT (merchant_id, source_id, kind) DO NOTHING
        RETURNING merchant_id, debit_account, credit_account, amount, currency
      )
      INSERT INTO account_balance AS balance (merchant_id, account, currency, debits, credits)
      SELECT merchant_id, account, currency, sum(debit), sum(credit)
      FROM (
        SELECT merchant_id, debit_account AS account, currency, amount AS debit, 0 AS credit
        FROM entry
        UNION ALL
        SELECT merchant_id, credit_account, currency, 0, amount
        FROM entry
      ) AS leg
      GROUP BY merchant_id, account, currency
      ORDER BY merchant_id, account, currency
      ON CONFLICT (merchant_id, account, currency) DO UPDATE
      SET debits = balance.debits + excluded.debits,
          credits = balance.credits + excluded.credits
      """;

  private LedgerEntries() {}

  /** Posts what is new of {@code postings}, inside the caller's transaction. */
  public static void post(Connection connection, List<Posting> postings) throws SQLException {
    if (postings.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(POST)) {
      new ColumnArrays<>(statement, postings)
          .uuids(Posting::merchant)
          .uuids(Posting::source)
          .uuids(posting -> PublicId.next())
          .uuids(Posting::charge)
          .uuids(Posting::refund)
          .texts(posting -> posting.kind().text())
          .texts(posting -> posting.debit().text())
          .texts(posting -> posting.credit().text())
          .longs(Posting::amount)
          .texts(Posting::currency);
      statement.executeUpdate();
    }
  }
}
