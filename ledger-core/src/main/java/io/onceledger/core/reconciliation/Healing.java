package io.onceledger.core.reconciliation;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Move;
import io.onceledger.core.charge.Status;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.outbox.OutboxMessages;
import io.onceledger.core.outbox.OutboxMessages.Name;
import io.onceledger.core.outcome.Moves;
import io.onceledger.core.review.ReviewRows;
import io.onceledger.core.review.ReviewRows.Remark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Concludes open charges whose success a report proves: same merchant, charge, amount and currency.
 * Status, event, entries, message and review of five hundred charges in one transaction.
 *
 * <p>Locks charges, then messages, then balances, as everybody does. What a worker is sending just
 * now is left to it; what it looks up or cancels is not, and its fence is dead afterwards. Reads
 * along the outbox, where every open charge has a message: the cost goes with what is open, not
 * with what was ever settled.
 */
final class Healing {

  private static final int BATCH = 500;

  /** The first payment, should a report prove two: the second one is a difference then. */
  private static final String PROVEN =
      """
      SELECT DISTINCT ON (m.merchant_id, m.resource_id)
             m.merchant_id, m.resource_id, l.payment, l.report_date
      FROM outbox_message AS m
      JOIN charge AS c ON c.merchant_id = m.merchant_id AND c.id = m.resource_id
      JOIN settlement_line AS l
        ON l.merchant_id = c.merchant_id AND l.resource_id = c.id AND l.type = 'payment'
          AND l.amount = c.amount AND l.currency = c.currency
      WHERE (m.merchant_id, m.resource_id) > (?, ?) AND m.resource_type = 'charge'
      ORDER BY m.merchant_id, m.resource_id, l.settled_at, l.payment
      LIMIT ?
      """;

  private static final UUID FIRST = new UUID(0, 0);

  private record Proof(ChargeRows.Key key, String payment, String date) {}

  private final DataSource dataSource;
  private final RunQueue queue;

  Healing(DataSource dataSource, RunQueue queue) {
    this.dataSource = dataSource;
    this.queue = queue;
  }

  /** Heals whatever any report proves; counts it on {@code run}. */
  void heal(ClaimedRun run) throws SQLException {
    ChargeRows.Key last = new ChargeRows.Key(FIRST, FIRST);
    List<Proof> proofs;
    do {
      ChargeRows.Key from = last;
      proofs = Transactions.run(dataSource, connection -> heal(connection, run, from));
      if (!proofs.isEmpty()) {
        last = proofs.get(proofs.size() - 1).key();
      }
    } while (proofs.size() == BATCH);
  }

  private List<Proof> heal(Connection connection, ClaimedRun run, ChargeRows.Key after)
      throws SQLException {
    List<Proof> proofs = proven(connection, after);
    if (proofs.isEmpty()) {
      return proofs;
    }
    Map<ChargeRows.Key, LockedCharge> charges =
        ChargeRows.lock(connection, proofs.stream().map(Proof::key).toList());
    // Somebody may have found out between the reading and the lock.
    List<Proof> open =
        proofs.stream().filter(proof -> !charges.get(proof.key()).status().isFinal()).toList();
    Set<UUID> removed =
        OutboxMessages.removeAllUnlessSending(
            connection,
            open.stream()
                .map(proof -> new Name(proof.key().merchant(), proof.key().charge()))
                .toList());
    List<Proof> ours =
        open.stream().filter(proof -> removed.contains(proof.key().charge())).toList();
    List<Move> moved =
        Moves.make(
            connection, ours.stream().map(proof -> move(charges.get(proof.key()), proof)).toList());
    ReviewRows.close(connection, ours.stream().map(Healing::finding).toList());
    // Before the balances, which others wait for.
    queue.hold(connection, run, moved.size());
    Moves.book(connection, moved);
    return proofs;
  }

  private static Move move(LockedCharge charge, Proof proof) {
    return new Move(charge, List.of(Status.SUCCEEDED), null, proof.payment());
  }

  private static Remark finding(Proof proof) {
    return new Remark(proof.key(), "found out by the report of " + proof.date());
  }

  private static List<Proof> proven(Connection connection, ChargeRows.Key after)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PROVEN)) {
      statement.setObject(1, after.merchant());
      statement.setObject(2, after.charge());
      statement.setInt(3, BATCH);
      try (ResultSet rows = statement.executeQuery()) {
        List<Proof> proofs = new ArrayList<>();
        while (rows.next()) {
          proofs.add(
              new Proof(
                  new ChargeRows.Key(
                      rows.getObject("merchant_id", UUID.class),
                      rows.getObject("resource_id", UUID.class)),
                  rows.getString("payment"),
                  rows.getString("report_date")));
        }
        return proofs;
      }
    }
  }
}
