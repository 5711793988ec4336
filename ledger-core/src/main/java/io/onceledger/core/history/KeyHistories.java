package io.onceledger.core.history;

import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.charge.Charges;
import io.onceledger.core.charge.NamedCharges;
import io.onceledger.core.database.Instants;
import io.onceledger.core.event.RecordedEvents;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.IdempotencyKey;
import io.onceledger.core.idempotency.Named;
import io.onceledger.core.idempotency.Receipt;
import io.onceledger.core.idempotency.Request;
import io.onceledger.core.ledger.Entries;
import io.onceledger.core.merchant.MerchantReads;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.Attempts;
import io.onceledger.core.refund.NamedRefunds;
import io.onceledger.core.refund.RefundReceipt;
import io.onceledger.core.refund.RefundRequest;
import io.onceledger.core.refund.Refunds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Tells the life of a key, in one transaction of some eight statements, each by a primary key.
 * Needs the reader role.
 */
@ApplicationScoped
public class KeyHistories {

  private static final String REPEATS =
      """
      SELECT coalesce(sum(replays), 0) AS replays, coalesce(sum(mismatches), 0) AS mismatches,
             max(last_at) AS last_at
      FROM key_repeat
      WHERE merchant_id = ? AND key = ?
      """;

  private record Repeats(long replays, long mismatches, Instant lastAt) {}

  /** What it stands for, and what that decides about the same request. */
  private record Known(Receipt<?> receipt, Acceptance<?> next) {
    static <Q extends Request<Q>, R extends Receipt<Q>> Known of(Named.First<Q, R> named) {
      return new Known(named.receipt(), named.decide(named.receipt().request()));
    }
  }

  private record Delivered(Known known, Repeats repeats, List<Attempt> attempts) {}

  private final MerchantReads reads;
  private final EntityManager entities;
  private final Charges charges;
  private final Refunds refunds;
  private final Entries entries;
  private final RecordedEvents events;

  KeyHistories(
      MerchantReads reads,
      EntityManager entities,
      Charges charges,
      Refunds refunds,
      Entries entries,
      RecordedEvents events) {
    this.reads = reads;
    this.entities = entities;
    this.charges = charges;
    this.refunds = refunds;
    this.entries = entries;
    this.events = events;
  }

  /** What became of {@code key}; empty when its merchant never sent it. */
  public Optional<KeyHistory> find(IdempotencyKey key) {
    return reads.of(
        key.merchant(),
        () ->
            entities
                .unwrap(Session.class)
                .doReturningWork(connection -> delivered(connection, key))
                .map(this::history));
  }

  private static Optional<Delivered> delivered(Connection connection, IdempotencyKey key)
      throws SQLException {
    Optional<Known> known = known(connection, key);
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Delivered(
                known.get(),
                repeats(connection, key),
                Attempts.of(connection, known.get().receipt().resource())));
  }

  private static Optional<Known> known(Connection connection, IdempotencyKey key)
      throws SQLException {
    var charge = NamedCharges.read(connection, List.of(key)).get(key);
    if (charge instanceof Named.First<ChargeRequest, ChargeReceipt> first) {
      return Optional.of(Known.of(first));
    }
    var refund = NamedRefunds.read(connection, List.of(key)).get(key);
    return refund instanceof Named.First<RefundRequest, RefundReceipt> first
        ? Optional.of(Known.of(first))
        : Optional.empty();
  }

  private KeyHistory history(Delivered delivered) {
    Resource resource = delivered.known().receipt().resource();
    Repeats repeats = delivered.repeats();
    return new KeyHistory(
        delivered.known().receipt(),
        delivered.known().next(),
        charges.find(resource.merchant(), resource.charge()).orElseThrow(),
        resource.isRefund()
            ? refunds.find(resource.merchant(), resource.refund()).orElseThrow()
            : null,
        repeats.replays(),
        repeats.mismatches(),
        repeats.lastAt(),
        delivered.attempts(),
        entries.ofSource(resource.merchant(), resource.id()),
        events.of(resource));
  }

  private static Repeats repeats(Connection connection, IdempotencyKey key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REPEATS)) {
      statement.setObject(1, key.merchant());
      statement.setString(2, key.text());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Repeats(
            row.getLong("replays"), row.getLong("mismatches"), Instants.read(row, "last_at"));
      }
    }
  }
}
