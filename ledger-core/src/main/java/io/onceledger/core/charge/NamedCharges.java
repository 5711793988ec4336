package io.onceledger.core.charge;

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
public final class NamedCharges {

  private static final String READ =
      """
      SELECT k.merchant_id, k.key, k.resource_type, k.resource_id, k.fingerprint_version,
             k.fingerprint, k.receipt_version, c.amount, c.currency, c.payment_method,
             c.description, c.metadata, c.created_at
      FROM unnest(?::uuid[], ?::text[]) AS d (merchant_id, key)
      JOIN idempotency_key AS k USING (merchant_id, key)
      LEFT JOIN charge AS c ON c.merchant_id = k.merchant_id AND c.id = k.resource_id
      """;

  private static final NamedKeys<ChargeRequest, ChargeReceipt> KEYS =
      new NamedKeys<>("charge", READ, NamedCharges::receipt);

  private NamedCharges() {}

  /** What these keys stand for; nothing for a key that was never sent. */
  public static Map<IdempotencyKey, Named<ChargeRequest, ChargeReceipt>> read(
      Connection connection, List<IdempotencyKey> keys) throws SQLException {
    return KEYS.read(connection, keys);
  }

  private static ChargeReceipt receipt(ResultSet row) throws SQLException {
    return new ChargeReceipt(
        row.getInt("receipt_version"),
        Resource.charge(
            row.getObject("merchant_id", UUID.class), row.getObject("resource_id", UUID.class)),
        row.getString("key"),
        new ChargeRequest(
            row.getLong("amount"),
            row.getString("currency"),
            row.getString("payment_method"),
            row.getString("description"),
            Metadata.fromColumn(row.getString("metadata"))),
        Instants.read(row, "created_at"));
  }
}
