package io.onceledger.core.settlement;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.settlement.ReportLine.Settled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Owns the statements of {@code settlement_line}. Each method is one statement in the caller's
 * transaction, whatever the number of lines.
 */
final class SettlementLines {

  private static final String MERCHANTS =
      """
      SELECT id
      FROM merchant
      WHERE id = ANY (?::uuid[])
      """;

  /** Rows in the order of their keys, so that two imports at once cannot deadlock. */
  private static final String INSERT =
      """
      INSERT INTO settlement_line
        (merchant_id, id, import_id, resource_id, settled_at, amount, fee, report_date, type,
         currency, payment, reference)
      SELECT merchant_id, id, ?, resource_id, settled_at::timestamptz, amount, fee, ?, type,
             currency, payment, reference
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
                  ?::text[], ?::text[], ?::text[])
        AS l (merchant_id, id, resource_id, settled_at, amount, fee, type, currency, payment,
              reference)
      ORDER BY merchant_id, type, payment, reference
      ON CONFLICT (merchant_id, type, payment, reference) DO NOTHING
      RETURNING id
      """;

  /** Of a dispute, the charge. */
  private static final String SUBJECTS =
      """
      SELECT l.id, s.charge_id, s.refund_id
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[])
        AS l (id, merchant_id, resource_id, type)
      JOIN settleable AS s
        ON s.merchant_id = l.merchant_id AND s.id = l.resource_id
          AND s.type = CASE l.type WHEN 'refund' THEN 'refund' ELSE 'payment' END
      """;

  /**
   * A second statement: the one that found them stored cannot see who has stored them. A line that
   * is read again has its time, too: with another one it was settled again under the same name.
   */
  private static final String CONTRADICTIONS =
      """
      SELECT l.id
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
                  ?::bigint[], ?::text[])
        AS l (id, merchant_id, type, payment, reference, amount, currency, fee, settled_at)
      JOIN settlement_line AS s USING (merchant_id, type, payment, reference)
      WHERE (s.amount, s.currency, s.fee, s.settled_at)
        <> (l.amount, l.currency, l.fee, l.settled_at::timestamptz)
      """;

  private SettlementLines() {}

  /** The merchants among those of {@code lines} that there are. */
  static Set<UUID> knownMerchants(Connection connection, List<Settled> lines) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MERCHANTS)) {
      UUID[] merchants = lines.stream().map(Settled::merchant).distinct().toArray(UUID[]::new);
      statement.setArray(1, connection.createArrayOf("uuid", merchants));
      return ids(statement);
    }
  }

  /**
   * Stores the lines that are new.
   *
   * @return the ids of these: only they are booked
   */
  static Set<UUID> insert(
      Connection connection, UUID importId, LocalDate reportDate, List<Settled> lines)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, importId);
      statement.setObject(2, reportDate);
      new ColumnArrays<>(statement, lines, 3)
          .uuids(Settled::merchant)
          .uuids(Settled::id)
          .uuids(Settled::resource)
          .instants(Settled::settledAt)
          .longs(Settled::amount)
          .longs(Settled::fee)
          .texts(line -> line.type().text())
          .texts(Settled::currency)
          .texts(Settled::payment)
          .texts(Settled::reference);
      return ids(statement);
    }
  }

  /** What of ours each of {@code lines} is about. */
  static List<BookedLine> withSubjects(Connection connection, List<Settled> lines)
      throws SQLException {
    Map<UUID, Settled> byId =
        lines.stream().collect(Collectors.toMap(Settled::id, Function.identity()));
    List<BookedLine> booked = new ArrayList<>(lines.size());
    try (PreparedStatement statement = connection.prepareStatement(SUBJECTS)) {
      new ColumnArrays<>(statement, lines)
          .uuids(Settled::id)
          .uuids(Settled::merchant)
          .uuids(Settled::resource)
          .texts(line -> line.type().text());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          booked.add(
              new BookedLine(
                  byId.remove(rows.getObject("id", UUID.class)),
                  rows.getObject("charge_id", UUID.class),
                  rows.getObject("refund_id", UUID.class)));
        }
      }
    }
    byId.values().forEach(line -> booked.add(new BookedLine(line, null, null)));
    return booked;
  }

  /** Those of {@code lines} that are stored already, with other figures or another time. */
  static Set<UUID> contradictions(Connection connection, List<Settled> lines) throws SQLException {
    if (lines.isEmpty()) {
      return Set.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(CONTRADICTIONS)) {
      new ColumnArrays<>(statement, lines)
          .uuids(Settled::id)
          .uuids(Settled::merchant)
          .texts(line -> line.type().text())
          .texts(Settled::payment)
          .texts(Settled::reference)
          .longs(Settled::amount)
          .texts(Settled::currency)
          .longs(Settled::fee)
          .instants(Settled::settledAt);
      return ids(statement);
    }
  }

  private static Set<UUID> ids(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      Set<UUID> ids = new HashSet<>();
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
      return ids;
    }
  }
}
