package io.onceledger.bench.rows;

import io.onceledger.bench.rig.Database;
import io.onceledger.bench.rig.Rig;

/** Charges that were accepted and that no worker has touched: keys, charges, outbox messages. */
public final class SeededMessages {
  /** Behind all {@link SeededCharges}. */
  private static final long OFFSET = 1_000_000_000_000L;

  private static final String PUT =
      """
      WITH seed AS MATERIALIZED (
        SELECT '01980000-0000-7000-8000-00000000d300'::uuid AS merchant_id, uuidv7() AS id,
               lpad(to_hex(n * 88889 % 4294967296), 8, '0') || '-' || lpad(n::text, 27, '0') AS key,
               sha256(int4send(16) || 'POST /v1/charges' || int4send(8) || int8send(1000)
                      || int4send(3) || 'USD' || int4send(12) || 'pm_card_visa'
                      || int4send(-1) || int4send(0)) AS fingerprint
        FROM generate_series(?::bigint, ?::bigint) AS n
      ),
      new_key AS (
        INSERT INTO idempotency_key
          (merchant_id, resource_id, created_at, fingerprint_version, receipt_version,
           resource_type, fingerprint, key)
        SELECT merchant_id, id, now(), 1, 1, 'charge', fingerprint, key
        FROM seed
      ),
      new_charge AS (
        INSERT INTO charge
          (merchant_id, id, created_at, updated_at, amount, fee_fixed, fee_basis_points, currency,
           status, payment_method, idempotency_key)
        SELECT merchant_id, id, now(), now(), 1000, 30, 290, 'USD', 'pending', 'pm_card_visa', key
        FROM seed
      ),
      new_tally AS (
        INSERT INTO delivery_tally (writer, batch, deliveries)
        SELECT gen_random_uuid(), gen_random_uuid(), count(*)
        FROM seed
      )
      INSERT INTO outbox_message (merchant_id, resource_id, resource_type, due_at, created_at)
      SELECT merchant_id, id, 'charge', now(), now()
      FROM seed
      """;

  private SeededMessages() {}

  /**
   * Puts so many in one commit, and leaves the tables as a vacuum does.
   *
   * @param round each has keys of its own
   */
  public static void put(Rig rig, int round, long count) {
    try (Database database = rig.database().another()) {
      long first = OFFSET * (round + 1L);
      database.run(PUT, first + 1, first + count);
      database.run("VACUUM ANALYZE");
      database.run("CHECKPOINT");
    }
  }
}
