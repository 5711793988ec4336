package io.onceledger.core.dispute;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.dispute.Dispute.State;
import io.onceledger.core.id.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Owns the statements of {@code dispute}. Whoever reads or writes them holds their charges, and so
 * needs no lock of their own. Each method is one statement in the caller's transaction.
 */
public final class DisputeRows {

  private static final String OF =
      """
      SELECT d.merchant_id, d.charge_id, d.id, d.processor_dispute, d.payment, d.amount, d.currency,
             d.status, d.opening_seen, d.verdict
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, charge_id)
      JOIN dispute AS d USING (merchant_id, charge_id)
      ORDER BY d.merchant_id, d.charge_id, d.processor_dispute
      """;

  private static final String INSERT =
      """
      INSERT INTO dispute
        (merchant_id, charge_id, id, created_at, updated_at, amount, opening_seen,
         processor_dispute, payment, currency, status, verdict)
      SELECT merchant_id, charge_id, id, now(), now(), amount, opening_seen, processor_dispute,
             payment, currency, status, verdict
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::boolean[], ?::text[], ?::text[],
                  ?::text[], ?::text[], ?::text[])
        AS d (merchant_id, charge_id, id, amount, opening_seen, processor_dispute, payment,
              currency, status, verdict)
      """;

  private static final String CHANGE =
      """
      UPDATE dispute AS d
      SET amount = change.amount,
          opening_seen = change.opening_seen,
          status = change.status,
          verdict = change.verdict,
          updated_at = now()
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::bigint[], ?::boolean[], ?::text[], ?::text[])
        AS change (merchant_id, charge_id, processor_dispute, amount, opening_seen, status, verdict)
      WHERE d.merchant_id = change.merchant_id AND d.charge_id = change.charge_id
        AND d.processor_dispute = change.processor_dispute
      """;

  private DisputeRows() {}

  /** All disputes of these charges. */
  public static List<Dispute> of(Connection connection, List<Resource> charges)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF)) {
      new ColumnArrays<>(statement, charges).uuids(Resource::merchant).uuids(Resource::charge);
      try (ResultSet rows = statement.executeQuery()) {
        List<Dispute> disputes = new ArrayList<>();
        while (rows.next()) {
          disputes.add(read(rows));
        }
        return disputes;
      }
    }
  }

  /** Writes a new one. */
  public static void insert(Connection connection, Dispute dispute) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      new ColumnArrays<>(statement, List.of(dispute))
          .uuids(d -> d.charge().merchant())
          .uuids(d -> d.charge().charge())
          .uuids(Dispute::id)
          .longs(Dispute::amount)
          .booleans(Dispute::openingSeen)
          .texts(Dispute::processorDispute)
          .texts(Dispute::payment)
          .texts(Dispute::currency)
          .texts(d -> d.state().text())
          .texts(DisputeRows::verdict);
      statement.executeUpdate();
    }
  }

  /** Writes what has become of these. */
  public static void change(Connection connection, List<Dispute> disputes) throws SQLException {
    if (disputes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
      new ColumnArrays<>(statement, disputes)
          .uuids(d -> d.charge().merchant())
          .uuids(d -> d.charge().charge())
          .texts(Dispute::processorDispute)
          .longs(Dispute::amount)
          .booleans(Dispute::openingSeen)
          .texts(d -> d.state().text())
          .texts(DisputeRows::verdict);
      if (statement.executeUpdate() != disputes.size()) {
        throw new IllegalStateException("a dispute of a locked charge is gone");
      }
    }
  }

  private static String verdict(Dispute dispute) {
    return dispute.verdict() == null ? null : dispute.verdict().text();
  }

  private static Dispute read(ResultSet row) throws SQLException {
    return new Dispute(
        Resource.charge(
            row.getObject("merchant_id", UUID.class), row.getObject("charge_id", UUID.class)),
        row.getObject("id", UUID.class),
        row.getString("processor_dispute"),
        row.getString("payment"),
        row.getLong("amount"),
        row.getString("currency"),
        State.parse(row.getString("status")),
        row.getBoolean("opening_seen"),
        State.parse(row.getString("verdict")));
  }
}
