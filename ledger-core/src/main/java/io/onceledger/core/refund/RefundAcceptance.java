package io.onceledger.core.refund;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.database.Instants;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.groupcommit.BatchWriter;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Decides what each delivery of a batch is, writes key, refund and outbox message of those that are
 * accepted, reserves their amounts, and counts all of them. One transaction of four statements;
 * three more in the rare case that a key was taken meanwhile by a request about something else.
 *
 * <p>The charges are locked first, in the order of their keys: what is left of them is then this
 * transaction's alone, and only after it the keys are read, so that a repeat which waited for its
 * first delivery finds it. Keys go in afterwards in their order, and nobody who holds a key waits
 * for a charge: no deadlock.
 *
 * <p>A batch may be run again after a commit with an unknown outcome. Needs the writer role.
 */
public final class RefundAcceptance
    implements BatchWriter<RefundDelivery, Acceptance<RefundReceipt>> {

  // IS TRUE: one look-up in a hash table for each row, in any plan (decision 5).
  static final String INSERT_NEW =
      """
      WITH delivery AS (
        SELECT *
        FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::bytea[], ?::uuid[], ?::bigint[],
                    ?::bigint[], ?::text[], ?::text[])
          AS d (merchant_id, id, key, fingerprint, charge_id, amount, requested_amount, currency,
                reason)
      ),
      new_key AS (
        INSERT INTO idempotency_key
          (merchant_id, resource_id, created_at, fingerprint_version, receipt_version,
           resource_type, fingerprint, key)
        SELECT merchant_id, id, now(), %s, %s, 'refund', fingerprint, key
        FROM delivery
        ORDER BY merchant_id, key COLLATE "C"
        ON CONFLICT DO NOTHING
        RETURNING merchant_id, resource_id
      ),
      new_refund AS (
        INSERT INTO refund
          (merchant_id, id, charge_id, created_at, updated_at, amount, requested_amount, currency,
           status, idempotency_key, reason)
        SELECT merchant_id, id, d.charge_id, now(), now(), d.amount, d.requested_amount, d.currency,
               'pending', d.key, d.reason
        FROM delivery AS d
        WHERE (d.id IN (SELECT resource_id FROM new_key)) IS TRUE
        RETURNING merchant_id, charge_id, amount
      ),
      new_message AS (
        INSERT INTO outbox_message (merchant_id, resource_id, resource_type, due_at, created_at)
        SELECT merchant_id, resource_id, 'refund', now(), now()
        FROM new_key
      ),
      reserved AS (
        UPDATE charge AS c
        SET amount_reserved = coalesce(c.amount_reserved, 0) + r.amount
        FROM (
          SELECT merchant_id, charge_id, sum(amount)::bigint AS amount
          FROM new_refund
          GROUP BY merchant_id, charge_id
        ) AS r
        WHERE c.merchant_id = r.merchant_id AND c.id = r.charge_id
      )
      SELECT resource_id, now() AS created_at
      FROM new_key
      """
          .formatted(Fingerprint.VERSION, RefundReceipt.VERSION);

  /** A refund that may be written: all that is not in its delivery. */
  private record Accepted(RefundDelivery delivery, long amount, String currency) {

    Named.First<RefundRequest, RefundReceipt> at(Instant createdAt) {
      return new Named.First<>(
          delivery.fingerprint(),
          new RefundReceipt(
              RefundReceipt.VERSION,
              Resource.refund(
                  delivery.name().merchant(), delivery.request().charge(), delivery.proposedId()),
              delivery.name().text(),
              delivery.request(),
              amount,
              currency,
              createdAt));
    }
  }

  private final DataSource dataSource;

  /** One for each thread that writes: they do not wait for each other. */
  private final ThreadLocal<DeliveryCounts> counts = ThreadLocal.withInitial(DeliveryCounts::new);

  public RefundAcceptance(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<Acceptance<RefundReceipt>> write(List<RefundDelivery> deliveries)
      throws SQLException {
    return Transactions.run(dataSource, connection -> write(connection, deliveries));
  }

  /** Its charge: whoever writes an outcome holds it. */
  @Override
  public Object lockOf(RefundDelivery delivery) {
    return delivery.charge();
  }

  private List<Acceptance<RefundReceipt>> write(
      Connection connection, List<RefundDelivery> deliveries) throws SQLException {
    Left left =
        new Left(
            ChargeRows.lock(
                connection, deliveries.stream().map(RefundDelivery::charge).distinct().toList()));
    Map<IdempotencyKey, Named<RefundRequest, RefundReceipt>> named =
        new HashMap<>(
            NamedRefunds.read(
                connection, deliveries.stream().map(RefundDelivery::name).distinct().toList()));
    Map<RefundDelivery, RefundRefusal> refused = new HashMap<>();
    List<Accepted> lost;
    do {
      refused.clear();
      List<Accepted> accepted = accept(deliveries, left, named, refused);
      lost = insertNew(connection, accepted, named);
      lost.forEach(each -> left.giveBack(each.delivery(), each.amount()));
    } while (!lost.isEmpty());

    List<Acceptance<RefundReceipt>> acceptances = new ArrayList<>();
    for (RefundDelivery delivery : deliveries) {
      var first = named.get(delivery.name());
      acceptances.add(
          first == null ? new Refused<>(refused.get(delivery)) : first.decide(delivery));
    }
    counts.get().count(connection, deliveries, acceptances);
    return acceptances;
  }

  /** Which deliveries may be written, in the order in which they came; one of a key at most. */
  private static List<Accepted> accept(
      List<RefundDelivery> deliveries,
      Left left,
      Map<IdempotencyKey, Named<RefundRequest, RefundReceipt>> named,
      Map<RefundDelivery, RefundRefusal> refused) {
    Map<IdempotencyKey, Accepted> accepted = new LinkedHashMap<>();
    for (RefundDelivery delivery : deliveries) {
      if (named.containsKey(delivery.name()) || accepted.containsKey(delivery.name())) {
        continue;
      }
      Left.Answer answer = left.take(delivery);
      if (answer instanceof Left.Answer.Granted granted) {
        accepted.put(delivery.name(), new Accepted(delivery, granted.amount(), granted.currency()));
      } else if (answer instanceof Left.Answer.Denied denied) {
        refused.put(delivery, denied.reason());
      }
    }
    return List.copyOf(accepted.values());
  }

  /**
   * Writes what was accepted, and notes in {@code named} what each of the keys stands for now.
   *
   * @return those whose key has come to name something else since it was read
   */
  private static List<Accepted> insertNew(
      Connection connection,
      List<Accepted> accepted,
      Map<IdempotencyKey, Named<RefundRequest, RefundReceipt>> named)
      throws SQLException {
    Map<UUID, Instant> created = insert(connection, accepted);
    List<Accepted> lost = new ArrayList<>();
    for (Accepted each : accepted) {
      Instant createdAt = created.get(each.delivery().proposedId());
      if (createdAt == null) {
        lost.add(each);
      } else {
        named.put(each.delivery().name(), each.at(createdAt));
      }
    }
    named.putAll(
        NamedRefunds.read(connection, lost.stream().map(each -> each.delivery().name()).toList()));
    return lost;
  }

  private static Map<UUID, Instant> insert(Connection connection, List<Accepted> accepted)
      throws SQLException {
    if (accepted.isEmpty()) {
      return Map.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT_NEW)) {
      new ColumnArrays<>(statement, accepted)
          .uuids(a -> a.delivery().name().merchant())
          .uuids(a -> a.delivery().proposedId())
          .texts(a -> a.delivery().name().text())
          .bytes(a -> a.delivery().fingerprint().bytes())
          .uuids(a -> a.delivery().request().charge())
          .longs(Accepted::amount)
          .nullableLongs(a -> a.delivery().request().amount())
          .texts(Accepted::currency)
          .texts(a -> a.delivery().request().reason());
      try (ResultSet rows = statement.executeQuery()) {
        Map<UUID, Instant> created = new HashMap<>();
        while (rows.next()) {
          created.put(rows.getObject("resource_id", UUID.class), Instants.read(rows, "created_at"));
        }
        return created;
      }
    }
  }
}
