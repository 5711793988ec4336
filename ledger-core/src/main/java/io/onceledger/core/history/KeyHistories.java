package io.onceledger.core.history;

import io.onceledger.core.charge.Charges;
import io.onceledger.core.charge.NamedCharge;
import io.onceledger.core.charge.NamedCharges;
import io.onceledger.core.database.Instants;
import io.onceledger.core.event.RecordedEvents;
import io.onceledger.core.idempotency.IdempotencyKey;
import io.onceledger.core.ledger.Entries;
import io.onceledger.core.merchant.MerchantReads;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.Attempts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Tells the life of a key, in one transaction of seven statements, each by a primary key. Needs the
 * reader role.
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

  private record Delivered(NamedCharge named, Repeats repeats, List<Attempt> attempts) {}

  private final MerchantReads reads;
  private final EntityManager entities;
  private final Charges charges;
  private final Entries entries;
  private final RecordedEvents events;

  KeyHistories(
      MerchantReads reads,
      EntityManager entities,
      Charges charges,
      Entries entries,
      RecordedEvents events) {
    this.reads = reads;
    this.entities = entities;
    this.charges = charges;
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
                .map(delivered -> history(key.merchant(), delivered)));
  }

  private static Optional<Delivered> delivered(Connection connection, IdempotencyKey key)
      throws SQLException {
    NamedCharge named = NamedCharges.read(connection, List.of(key)).get(key);
    return named == null
        ? Optional.empty()
        : Optional.of(
            new Delivered(
                named,
                repeats(connection, key),
                Attempts.of(connection, key.merchant(), named.receipt().charge())));
  }

  private KeyHistory history(UUID merchant, Delivered delivered) {
    UUID charge = delivered.named().receipt().charge();
    Repeats repeats = delivered.repeats();
    return new KeyHistory(
        delivered.named(),
        charges.find(merchant, charge).orElseThrow(),
        repeats.replays(),
        repeats.mismatches(),
        repeats.lastAt(),
        delivered.attempts(),
        entries.ofCharge(merchant, charge),
        events.ofCharge(merchant, charge));
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
