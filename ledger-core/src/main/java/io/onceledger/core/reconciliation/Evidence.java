package io.onceledger.core.reconciliation;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.id.Resource;
import io.onceledger.core.review.ReviewRows;
import io.onceledger.core.review.ReviewRows.Remark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Asks a person where a report contradicts a final status: the status stays, and a review is
 * opened, once for each difference. Five hundred in one transaction, which locks their charges.
 */
final class Evidence {

  private static final int BATCH = 500;

  private static final String UNASKED =
      """
      SELECT merchant_id, d.id, charge_id, refund_id,
             format(
               'The report of %s has %s %s for what is %s here', l.report_date,
               CASE type WHEN 'dispute' THEN 'a dispute of payment'
                         WHEN 'dispute_reversal' THEN 'what is given back of payment'
                         ELSE 'payment' END,
               payment, our_status) AS reason
      FROM reconciliation_difference AS d
      JOIN settlement_line AS l USING (merchant_id, type, payment, reference)
      WHERE kind = 'status' AND resolved_at IS NULL AND NOT reviewed
      ORDER BY first_seen
      LIMIT ?
      """;

  private static final String ASKED =
      """
      UPDATE reconciliation_difference AS d
      SET reviewed = true
      FROM unnest(?::uuid[], ?::uuid[]) AS asked (merchant_id, id)
      WHERE d.merchant_id = asked.merchant_id AND d.id = asked.id
      """;

  private record Contradiction(UUID id, Remark reason) {}

  private final DataSource dataSource;
  private final RunQueue queue;

  Evidence(DataSource dataSource, RunQueue queue) {
    this.dataSource = dataSource;
    this.queue = queue;
  }

  /** Opens a review for each contradiction that has none yet. */
  void ask(ClaimedRun run) throws SQLException {
    int asked;
    do {
      asked = Transactions.run(dataSource, connection -> ask(connection, run));
    } while (asked == BATCH);
  }

  private int ask(Connection connection, ClaimedRun run) throws SQLException {
    queue.hold(connection, run);
    List<Contradiction> unasked = unasked(connection);
    ChargeRows.lock(
        connection, unasked.stream().map(c -> c.reason().about().ofCharge()).distinct().toList());
    ReviewRows.open(connection, unasked.stream().map(Contradiction::reason).toList());
    try (PreparedStatement statement = connection.prepareStatement(ASKED)) {
      new ColumnArrays<>(statement, unasked)
          .uuids(contradiction -> contradiction.reason().about().merchant())
          .uuids(Contradiction::id);
      statement.executeUpdate();
    }
    return unasked.size();
  }

  private static List<Contradiction> unasked(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNASKED)) {
      statement.setInt(1, BATCH);
      try (ResultSet rows = statement.executeQuery()) {
        List<Contradiction> contradictions = new ArrayList<>();
        while (rows.next()) {
          contradictions.add(
              new Contradiction(
                  rows.getObject("id", UUID.class),
                  new Remark(
                      new Resource(
                          rows.getObject("merchant_id", UUID.class),
                          rows.getObject("charge_id", UUID.class),
                          rows.getObject("refund_id", UUID.class)),
                      rows.getString("reason"))));
        }
        return contradictions;
      }
    }
  }
}
