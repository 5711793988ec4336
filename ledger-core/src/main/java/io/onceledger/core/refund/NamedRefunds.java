package io.onceledger.core.refund;

import io.onceledger.core.database.Instants;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.IdempotencyKey;
import io.onceledger.core.idempotency.Named;
import io.onceledger.core.idempotency.NamedKeys;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what keys stand for: one statement, by primary keys, in the caller's transaction. */
public final class NamedRefunds {

  private static final String READ =
      """
      SELECT k.merchant_id, k.key, k.resource_type, k.resource_id, k.fingerprint_version,
             k.fingerprint, k.receipt_version, r.charge_id, r.amount, r.requested_amount,
             r.currency, r.reason, r.created_at
      FROM unnest(?::uuid[], ?::text[]) AS d (merchant_id, key)
      JOIN idempotency_key AS k USING (merchant_id, key)
      LEFT JOIN refund AS r ON r.merchant_id = k.merchant_id AND r.id = k.resource_id
      """;

  private static final NamedKeys<RefundRequest, RefundReceipt> KEYS =
      new NamedKeys<>("refund", READ, NamedRefunds::receipt);

  private NamedRefunds() {}

  /** What these keys stand for; nothing for a key that was never sent. */
  public static Map<IdempotencyKey, Named<RefundRequest, RefundReceipt>> read(
      Connection connection, List<IdempotencyKey> keys) throws SQLException {
    return KEYS.read(connection, keys);
  }

  private static RefundReceipt receipt(ResultSet row) throws SQLException {
    UUID charge = row.getObject("charge_id", UUID.class);
    return new RefundReceipt(
        row.getInt("receipt_version"),
        Resource.refund(
            row.getObject("merchant_id", UUID.class),
            charge,
            row.getObject("resource_id", UUID.class)),
        row.getString("key"),
        new RefundRequest(
            charge, row.getObject("requested_amount", Long.class), row.getString("reason")),
        row.getLong("amount"),
        row.getString("currency"),
        Instants.read(row, "created_at"));
  }
}
