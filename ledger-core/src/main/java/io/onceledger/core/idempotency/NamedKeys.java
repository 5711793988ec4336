package io.onceledger.core.idempotency;

import io.onceledger.core.database.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads what keys stand for, as one operation sees it: one statement in the caller's transaction.
 *
 * @param <Q> the request of that operation
 * @param <R> the receipt of that operation
 */
public final class NamedKeys<Q extends Request<Q>, R extends Receipt<Q>> {

  /** Reads the receipt that a row holds. */
  @FunctionalInterface
  public interface Reader<R> {
    R read(ResultSet row) throws SQLException;
  }

  private final String resourceType;
  private final String sql;
  private final Reader<R> receipt;

  /**
   * Of one operation.
   *
   * @param resourceType {@code idempotency_key.resource_type} of what it makes
   * @param sql takes merchants and keys as two arrays, and answers the columns of {@code
   *     idempotency_key} next to those that {@code receipt} reads
   */
  public NamedKeys(String resourceType, String sql, Reader<R> receipt) {
    this.resourceType = resourceType;
    this.sql = sql;
    this.receipt = receipt;
  }

  /** What these keys stand for; nothing for a key that was never sent. */
  public Map<IdempotencyKey, Named<Q, R>> read(Connection connection, List<IdempotencyKey> keys)
      throws SQLException {
    if (keys.isEmpty()) {
      return Map.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      new ColumnArrays<>(statement, keys)
          .uuids(IdempotencyKey::merchant)
          .texts(IdempotencyKey::text);
      try (ResultSet rows = statement.executeQuery()) {
        Map<IdempotencyKey, Named<Q, R>> named = new HashMap<>();
        while (rows.next()) {
          named.put(
              new IdempotencyKey(rows.getObject("merchant_id", UUID.class), rows.getString("key")),
              named(rows));
        }
        return named;
      }
    }
  }

  private Named<Q, R> named(ResultSet row) throws SQLException {
    String type = row.getString("resource_type");
    return type.equals(resourceType)
        ? new Named.First<>(
            Fingerprint.stored(row.getInt("fingerprint_version"), row.getBytes("fingerprint")),
            receipt.read(row))
        : Named.Other.of(type, row.getObject("resource_id", UUID.class));
  }
}
