package io.onceledger.core.charge;

import io.onceledger.core.charge.Acceptance.CurrencyNotInUse;
import io.onceledger.core.charge.Acceptance.Executed;
import io.onceledger.core.charge.Acceptance.Mismatched;
import io.onceledger.core.charge.Acceptance.Replayed;
import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.database.Instants;
import io.onceledger.core.groupcommit.BatchWriter;
import io.onceledger.core.idempotency.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Decides what each delivery of a batch is, and writes key, charge and outbox message of the first
 * ones. One statement and one commit for a batch of new keys; a second statement, after that
 * commit, when some were not new. Rows per new charge: 3.
 *
 * <p>The primary key of {@code idempotency_key} decides alone. Rows go in in the order of
 * (merchant, key), so that two batches cannot deadlock; a batch that meets the uncommitted key of
 * another waits for that commit. The losers of a conflict are read by a second statement, because
 * the first one cannot see a row that was committed after it began.
 *
 * <p>A delivery is a replay if and only if the stored charge is not the one that it proposed. So a
 * batch may be run again after a commit with an unknown outcome. Needs the writer role.
 */
public final class ChargeAcceptance implements BatchWriter<ChargeDelivery, Acceptance> {

  private static final String INSERT_NEW =
      """
      WITH delivery AS (
        SELECT *
        FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::bytea[], ?::bigint[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::integer[], ?::bigint[])
          AS d (merchant_id, id, key, fingerprint, amount, currency, payment_method, description,
                metadata, fee_basis_points, fee_fixed)
      ),
      new_key AS (
        INSERT INTO idempotency_key
          (merchant_id, resource_id, created_at, fingerprint_version, receipt_version,
           resource_type, fingerprint, key)
        SELECT merchant_id, id, now(), %d, %d, 'charge', fingerprint, key
        FROM delivery
        ORDER BY merchant_id, key COLLATE "C"
        ON CONFLICT DO NOTHING
        RETURNING merchant_id, resource_id, key
      ),
      new_charge AS (
        INSERT INTO charge
          (merchant_id, id, created_at, updated_at, amount, fee_fixed, fee_basis_points, currency,
           status, payment_method, idempotency_key, description, metadata)
        SELECT merchant_id, id, now(), now(), d.amount, d.fee_fixed, d.fee_basis_points, d.currency,
               'pending', d.payment_method, d.key, d.description, d.metadata::jsonb
        FROM new_key AS k
        JOIN delivery AS d USING (merchant_id)
        WHERE d.id = k.resource_id
      ),
      new_message AS (
        INSERT INTO outbox_message (merchant_id, resource_id, resource_type, due_at, created_at)
        SELECT merchant_id, resource_id, 'charge', now(), now()
        FROM new_key
      )
      SELECT resource_id, now() AS created_at
      FROM new_key
      """
          .formatted(Fingerprint.VERSION, ChargeReceipt.VERSION);

  private static final String READ_STORED =
      """
      SELECT k.merchant_id, k.key, k.resource_id, k.fingerprint, k.receipt_version, c.amount,
             c.currency, c.payment_method, c.description, c.metadata, c.created_at
      FROM unnest(?::uuid[], ?::text[]) AS d (merchant_id, key)
      JOIN idempotency_key AS k USING (merchant_id, key)
      JOIN charge AS c ON c.merchant_id = k.merchant_id AND c.id = k.resource_id
      """;

  private record Key(UUID merchant, String key) {
    static Key of(ChargeDelivery delivery) {
      return new Key(delivery.merchantId(), delivery.key());
    }
  }

  private record Stored(Fingerprint fingerprint, ChargeReceipt receipt) {}

  private final DataSource dataSource;

  public ChargeAcceptance(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<Acceptance> write(List<ChargeDelivery> deliveries) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Map<UUID, Instant> created =
          insertNew(connection, deliveries.stream().filter(ChargeDelivery::mayExecute).toList());
      List<ChargeDelivery> others =
          deliveries.stream().filter(d -> !created.containsKey(d.proposedId())).toList();
      Map<Key, Stored> stored = readStored(connection, others);
      return deliveries.stream()
          .map(d -> acceptance(d, created.get(d.proposedId()), stored.get(Key.of(d))))
          .toList();
    }
  }

  private static Acceptance acceptance(ChargeDelivery delivery, Instant createdAt, Stored stored) {
    if (createdAt != null) {
      return new Executed(
          new ChargeReceipt(
              ChargeReceipt.VERSION,
              delivery.proposedId(),
              delivery.key(),
              delivery.request(),
              createdAt));
    }
    if (stored == null) {
      return new CurrencyNotInUse();
    }
    ChargeReceipt receipt = stored.receipt();
    if (!stored.fingerprint().equals(delivery.fingerprint())) {
      return new Mismatched(receipt.charge(), receipt.request().differences(delivery.request()));
    }
    return receipt.charge().equals(delivery.proposedId())
        ? new Executed(receipt)
        : new Replayed(receipt);
  }

  /** Autocommit: the statement is the transaction, and one round trip. */
  private static Map<UUID, Instant> insertNew(
      Connection connection, List<ChargeDelivery> deliveries) throws SQLException {
    if (deliveries.isEmpty()) {
      return Map.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT_NEW)) {
      new ColumnArrays<>(statement, deliveries)
          .uuids(ChargeDelivery::merchantId)
          .uuids(ChargeDelivery::proposedId)
          .texts(ChargeDelivery::key)
          .bytes(d -> d.fingerprint().bytes())
          .longs(d -> d.request().amount())
          .texts(d -> d.request().currency())
          .texts(d -> d.request().paymentMethod())
          .texts(d -> d.request().description())
          .texts(d -> Metadata.toColumn(d.request().metadata()))
          .ints(d -> d.feeTerms().basisPoints())
          .longs(d -> d.feeTerms().fixed());
      try (ResultSet rows = statement.executeQuery()) {
        Map<UUID, Instant> created = new HashMap<>();
        Instant now = null;
        while (rows.next()) {
          // One statement, one now(): read it once.
          now = now != null ? now : Instants.read(rows, "created_at");
          created.put(rows.getObject("resource_id", UUID.class), now);
        }
        return created;
      }
    }
  }

  private static Map<Key, Stored> readStored(Connection connection, List<ChargeDelivery> deliveries)
      throws SQLException {
    if (deliveries.isEmpty()) {
      return Map.of();
    }
    List<Key> keys = deliveries.stream().map(Key::of).distinct().toList();
    try (PreparedStatement statement = connection.prepareStatement(READ_STORED)) {
      new ColumnArrays<>(statement, keys).uuids(Key::merchant).texts(Key::key);
      try (ResultSet rows = statement.executeQuery()) {
        Map<Key, Stored> stored = new HashMap<>();
        while (rows.next()) {
          stored.put(
              new Key(rows.getObject("merchant_id", UUID.class), rows.getString("key")),
              new Stored(Fingerprint.stored(rows.getBytes("fingerprint")), receipt(rows)));
        }
        return stored;
      }
    }
  }

  private static ChargeReceipt receipt(ResultSet row) throws SQLException {
    return new ChargeReceipt(
        row.getInt("receipt_version"),
        row.getObject("resource_id", UUID.class),
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
