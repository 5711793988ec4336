package io.onceledger.bench.rows;

import io.onceledger.bench.rig.Database;
import io.onceledger.bench.rig.Rig;
import java.util.function.Consumer;

/**
 * Charges that have succeeded, of the merchant {@code demo}, with everything that they leave: key,
 * charge, attempt, event, two entries, balances. Their keys are {@code Keys.OLD}, their requests
 * those that the clients send, so that a delivery of such a key is a replay.
 */
public final class SeededCharges {
  /** In one commit: seconds, and some hundred megabytes of log. */
  private static final long BATCH = 50_000;

  /**
   * As acceptance and outcome write them, see {@code ChargeAcceptance}, {@code Fingerprint} and
   * {@code LedgerEntries}: an entry's time is read when the transaction has its number.
   */
  private static final String PUT =
      """
      WITH moment AS MATERIALIZED (
        SELECT pg_current_xact_id() AS xact, greatest(clock_timestamp(), posted_from) AS at,
               '01980000-0000-7000-8000-00000000d300'::uuid AS merchant_id,
               sha256(int4send(16) || 'POST /v1/charges' || int4send(8) || int8send(1000)
                      || int4send(3) || 'USD' || int4send(12) || 'pm_card_visa'
                      || int4send(-1) || int4send(0)) AS fingerprint
        FROM closing
      ),
      seed AS MATERIALIZED (
        SELECT uuidv7() AS id,
               lpad(to_hex(n * 88888889 % 4294967296), 8, '0') || '-' || lpad(n::text, 27, '0')
                 AS key,
               m.*
        FROM moment AS m, generate_series(?::bigint, ?::bigint) AS n
      ),
      new_key AS (
        INSERT INTO idempotency_key
          (merchant_id, resource_id, created_at, fingerprint_version, receipt_version,
           resource_type, fingerprint, key)
        SELECT merchant_id, id, at, 1, 1, 'charge', fingerprint, key
        FROM seed
      ),
      new_charge AS (
        INSERT INTO charge
          (merchant_id, id, created_at, updated_at, amount, fee_fixed, fee_basis_points,
           event_count, currency, status, payment_method, idempotency_key, processor_payment)
        SELECT merchant_id, id, at, at, 1000, 30, 290, 1, 'USD', 'succeeded', 'pm_card_visa', key,
               'pay_' || replace(id::text, '-', '')
        FROM seed
      ),
      new_attempt AS (
        INSERT INTO attempt
          (merchant_id, resource_id, claimed_at, ended_by, n, latency_ms, http_status, call, outcome)
        SELECT merchant_id, id, at, at, 1, 1, 201, 'send', 'approved'
        FROM seed
      ),
      new_event AS (
        INSERT INTO event
          (merchant_id, charge_id, id, created_at, amount_refunded, sequence, data_version, type,
           status, processor_payment)
        SELECT merchant_id, id, uuidv7(), at, 0, 1, 1, 'charge.succeeded', 'succeeded',
               'pay_' || replace(id::text, '-', '')
        FROM seed
      ),
      new_entry AS (
        INSERT INTO ledger_entry
          (merchant_id, source_id, id, charge_id, posted_at, amount, kind, currency, debit_account,
           credit_account)
        SELECT merchant_id, s.id, uuidv7(), s.id, at, e.amount, e.kind, 'USD', e.debit, e.credit
        FROM seed AS s,
             (VALUES (1000, 'charge', 'processor_receivable', 'merchant_payable'),
                     (59, 'fee', 'merchant_payable', 'fee_revenue')) AS e (amount, kind, debit, credit)
        RETURNING merchant_id, amount, currency, debit_account, credit_account
      ),
      new_tally AS (
        INSERT INTO delivery_tally (writer, batch, deliveries)
        SELECT gen_random_uuid(), gen_random_uuid(), count(*)
        FROM seed
      )
      INSERT INTO account_balance AS balance (merchant_id, account, currency, debits, credits)
      SELECT merchant_id, account, currency, sum(debit), sum(credit)
      FROM (
        SELECT merchant_id, debit_account AS account, currency, amount AS debit, 0 AS credit
        FROM new_entry
        UNION ALL
        SELECT merchant_id, credit_account, currency, 0, amount
        FROM new_entry
      ) AS leg
      GROUP BY merchant_id, account, currency
      ORDER BY merchant_id, account, currency
      ON CONFLICT (merchant_id, account, currency) DO UPDATE
      SET debits = balance.debits + excluded.debits,
          credits = balance.credits + excluded.credits
      """;

  private SeededCharges() {}

  /** Puts those from {@code first} to {@code last}, and leaves the tables as a vacuum does. */
  public static void put(Rig rig, long first, long last, Consumer<String> console) {
    console.accept("putting charges %,d to %,d by SQL".formatted(first, last));
    try (Database database = rig.database().another()) {
      database.run("SET synchronous_commit = off");
      long told = System.nanoTime();
      for (long n = first; n <= last; n += BATCH) {
        database.run(PUT, n, Math.min(last, n + BATCH - 1));
        if (System.nanoTime() - told > 20e9) {
          console.accept("  %,d are there".formatted(Math.min(last, n + BATCH - 1)));
          told = System.nanoTime();
        }
      }
      database.run("VACUUM ANALYZE");
      database.run("CHECKPOINT");
    }
  }
}
