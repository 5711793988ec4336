package io.onceledger.core.reconciliation;

import io.onceledger.core.charge.Status;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.dispute.Disputes;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.OutboxMessages;
import io.onceledger.core.outcome.Locked;
import io.onceledger.core.outcome.Move;
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
 * Concludes open charges and refunds whose success a report proves: same merchant, reference,
 * amount and currency. Status, event, entries, message and review of five hundred in one
 * transaction.
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
             m.merchant_id, s.charge_id, s.refund_id, l.report_date,
             CASE s.type WHEN 'payment' THEN l.payment END AS payment
      FROM outbox_message AS m
      JOIN settleable AS s ON s.merchant_id = m.merchant_id AND s.id = m.resource_id
      JOIN settlement_line AS l
        ON l.merchant_id = s.merchant_id AND l.resource_id = s.id AND l.type = s.type
          AND l.amount = s.amount AND l.currency = s.currency
      WHERE (m.merchant_id, m.resource_id) > (?, ?)
      ORDER BY m.merchant_id, m.resource_id, l.settled_at, l.payment
      LIMIT ?
      """;

  private static final UUID FIRST = new UUID(0, 0);

  private record Proof(Resource key, String payment, String date) {}

  private final DataSource dataSource;
  private final RunQueue queue;

  Healing(DataSource dataSource, RunQueue queue) {
    this.dataSource = dataSource;
    this.queue = queue;
  }

  /** Heals whatever any report proves; counts it on {@code run}. */
  void heal(ClaimedRun run) throws SQLException {
    Resource last = Resource.charge(FIRST, FIRST);
    List<Proof> proofs;
    do {
      Resource from = last;
      proofs = Transactions.run(dataSource, connection -> heal(connection, run, from));
      if (!proofs.isEmpty()) {
        last = proofs.get(proofs.size() - 1).key();
      }
    } while (proofs.size() == BATCH);
  }

  private List<Proof> heal(Connection connection, ClaimedRun run, Resource after)
      throws SQLException {
    List<Proof> proofs = proven(connection, after);
    if (proofs.isEmpty()) {
      return proofs;
    }
    Map<Resource, Locked> locked = Moves.lock(connection, proofs.stream().map(Proof::key).toList());
    // Somebody may have found out between the reading and the lock.
    List<Proof> open =
        proofs.stream().filter(proof -> !locked.get(proof.key()).status().isFinal()).toList();
    Set<UUID> removed =
        OutboxMessages.removeAllUnlessSending(connection, open.stream().map(Proof::key).toList());
    List<Proof> ours = open.stream().filter(proof -> removed.contains(proof.key().id())).toList();
    List<Move> moves = ours.stream().map(proof -> move(locked.get(proof.key()), proof)).toList();
    Moves.make(connection, moves);
    ReviewRows.close(connection, ours.stream().map(Healing::finding).toList());
    // Before the balances, which others wait for.
    queue.hold(connection, run, moves.size());
    ReviewRows.open(connection, Moves.book(connection, moves), Disputes.CANNOT_BE);
    return proofs;
  }

  private static Move move(Locked locked, Proof proof) {
    return new Move(locked, List.of(Status.SUCCEEDED), null, proof.payment());
  }

  private static Remark finding(Proof proof) {
    return new Remark(proof.key(), "found out by the report of " + proof.date());
  }

  private static List<Proof> proven(Connection connection, Resource after) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PROVEN)) {
      statement.setObject(1, after.merchant());
      statement.setObject(2, after.id());
      statement.setInt(3, BATCH);
      try (ResultSet rows = statement.executeQuery()) {
        List<Proof> proofs = new ArrayList<>();
        while (rows.next()) {
          proofs.add(
              new Proof(
                  new Resource(
                      rows.getObject("merchant_id", UUID.class),
                      rows.getObject("charge_id", UUID.class),
                      rows.getObject("refund_id", UUID.class)),
                  rows.getString("payment"),
                  rows.getString("report_date")));
        }
        return proofs;
      }
    }
  }
}
