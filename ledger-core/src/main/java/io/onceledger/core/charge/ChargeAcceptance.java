package io.onceledger.core.charge;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.database.Instants;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.groupcommit.BatchWriter;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.idempotency.Acceptance.Reason;
import io.onceledger.core.idempotency.Acceptance.Refused;
import io.onceledger.core.idempotency.DeliveryCounts;
import io.onceledger.core.idempotency.Fingerprint;
import io.onceledger.core.idempotency.IdempotencyKey;
import io.onceledger.core.idempotency.Named;
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
 * Decides what each delivery of a batch is, writes key, charge and outbox message of the first
 * ones, and counts all of them. One transaction of two statements for a batch of new keys, three
 * when some were not new. Rows per new charge: 3.
 *
 * <p>The primary key of {@code idempotency_key} decides alone. Rows go in in the order of
 * (merchant, key), so that two batches cannot deadlock; a batch that meets the uncommitted key of
 * another waits for that commit. The losers of a conflict are read by a second statement, because
 * the first one cannot see a row that was committed after it began. Counters come last.
 *
 * <p>A delivery is a replay if and only if the stored charge is not the one that it proposed. So a
 * batch may be run again after a commit with an unknown outcome. Needs the writer role.
 */
public final class ChargeAcceptance
    implements BatchWriter<ChargeDelivery, Acceptance<ChargeReceipt>> {

  // IS TRUE: one look-up in a hash table for each row, in any plan (decision 5); a mere IN may be
  // joined, row by row.
  static final String INSERT_NEW =
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
        SELECT merchant_id, id, now(), %s, %s, 'charge', fingerprint, key
        FROM delivery
        ORDER BY merchant_id, key COLLATE "C"
        ON CONFLICT DO NOTHING
        RETURNING merchant_id, resource_id
      ),
      new_charge AS (
        INSERT INTO charge
          (merchant_id, id, created_at, updated_at, amount, fee_fixed, fee_basis_points, currency,
           status, payment_method, idempotency_key, description, metadata)
        SELECT merchant_id, id, now(), now(), d.amount, d.fee_fixed, d.fee_basis_points, d.currency,
               'pending', d.payment_method, d.key, d.description, d.metadata::jsonb
        FROM delivery AS d
        WHERE (d.id IN (SELECT resource_id FROM new_key)) IS TRUE
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

  /** The only reason not to execute a charge: its currency cannot be charged today. */
  public static final Reason CURRENCY_NOT_IN_USE = new Reason() {};

  private final DataSource dataSource;

  /** One for each thread that writes: they do not wait for each other. */
  private final ThreadLocal<DeliveryCounts> counts = ThreadLocal.withInitial(DeliveryCounts::new);

  public ChargeAcceptance(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<Acceptance<ChargeReceipt>> write(List<ChargeDelivery> deliveries)
      throws SQLException {
    return Transactions.run(dataSource, connection -> write(connection, deliveries));
  }

  /** Its key: another batch, or another process, may be deciding it. */
  @Override
  public Object lockOf(ChargeDelivery delivery) {
    return delivery.name();
  }

  private List<Acceptance<ChargeReceipt>> write(
      Connection connection, List<ChargeDelivery> deliveries) throws SQLException {
    Map<UUID, Instant> created =
        insertNew(connection, deliveries.stream().filter(ChargeDelivery::mayExecute).toList());
    Map<IdempotencyKey, Named<ChargeRequest, ChargeReceipt>> named =
        NamedCharges.read(
            connection,
            deliveries.stream()
                .filter(d -> !created.containsKey(d.proposedId()))
                .map(ChargeDelivery::name)
                .distinct()
                .toList());
    List<Acceptance<ChargeReceipt>> acceptances =
        deliveries.stream()
            .map(d -> acceptance(d, created.get(d.proposedId()), named.get(d.name())))
            .toList();
    counts.get().count(connection, deliveries, acceptances);
    return acceptances;
  }

  private static Acceptance<ChargeReceipt> acceptance(
      ChargeDelivery delivery, Instant createdAt, Named<ChargeRequest, ChargeReceipt> named) {
    if (createdAt != null) {
      return new Executed<>(
          new ChargeReceipt(
              ChargeReceipt.VERSION,
              Resource.charge(delivery.merchant().id(), delivery.proposedId()),
              delivery.key(),
              delivery.request(),
              createdAt));
    }
    return named == null ? new Refused<>(CURRENCY_NOT_IN_USE) : named.decide(delivery);
  }

  private static Map<UUID, Instant> insertNew(
      Connection connection, List<ChargeDelivery> deliveries) throws SQLException {
    if (deliveries.isEmpty()) {
      return Map.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT_NEW)) {
      new ColumnArrays<>(statement, deliveries)
          .uuids(delivery -> delivery.merchant().id())
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
}
