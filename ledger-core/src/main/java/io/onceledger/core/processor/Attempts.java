package io.onceledger.core.processor;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.database.Instants;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.OutboxMessages.Interrupted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The attempts of a message. One statement each, in the caller's transaction. */
public final class Attempts {

  private static final String INSERT =
      """
      INSERT INTO attempt
        (merchant_id, resource_id, claimed_at, ended_by, n, latency_ms, http_status, call, outcome)
      SELECT merchant_id, resource_id, claimed_at::timestamptz, ended_by::timestamptz, n,
             latency_ms, http_status, call, outcome
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::integer[], ?::integer[],
                  ?::integer[], ?::text[], ?::text[])
        AS a (merchant_id, resource_id, claimed_at, ended_by, n, latency_ms, http_status, call,
              outcome)
      """;

  private static final String OF =
      """
      SELECT a.resource_id, a.n, a.call, a.outcome, a.claimed_at, a.ended_by, a.http_status,
             a.latency_ms
      FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, resource_id)
      JOIN attempt AS a USING (merchant_id, resource_id)
      ORDER BY a.resource_id, a.n
      """;

  private Attempts() {}

  private record Row(Resource resource, Attempt attempt) {}

  static void insert(Connection connection, List<Result> results) throws SQLException {
    insertRows(
        connection,
        results.stream()
            .map(result -> new Row(result.claim().resource(), result.attempt()))
            .toList());
  }

  /**
   * Records sends whose messages have gone: each may have acted, and nobody waits for its answer.
   */
  public static void insertInterrupted(Connection connection, List<Interrupted> sends)
      throws SQLException {
    insertRows(
        connection,
        sends.stream().map(send -> new Row(send.resource(), interrupted(send))).toList());
  }

  private static Attempt interrupted(Interrupted send) {
    return new Attempt(
        send.n(), Call.SEND, Outcome.AMBIGUOUS, send.claimedAt(), send.endsAt(), null, null);
  }

  private static void insertRows(Connection connection, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      new ColumnArrays<>(statement, rows)
          .uuids(row -> row.resource().merchant())
          .uuids(row -> row.resource().id())
          .instants(row -> row.attempt().claimedAt())
          .instants(row -> row.attempt().endedBy())
          .ints(row -> row.attempt().n())
          .nullableInts(row -> row.attempt().latencyMillis())
          .nullableInts(row -> row.attempt().httpStatus())
          .texts(row -> row.attempt().call().text())
          .texts(row -> row.attempt().outcome().text());
      statement.executeUpdate();
    }
  }

  /** All of one charge or refund, in their order. */
  public static List<Attempt> of(Connection connection, Resource resource) throws SQLException {
    return of(connection, List.of(resource)).getOrDefault(resource.id(), List.of());
  }

  /** All of each of these, by their ids, in their order. */
  static Map<UUID, List<Attempt>> of(Connection connection, List<Resource> resources)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF)) {
      new ColumnArrays<>(statement, resources).uuids(Resource::merchant).uuids(Resource::id);
      try (ResultSet rows = statement.executeQuery()) {
        Map<UUID, List<Attempt>> attempts = new HashMap<>();
        while (rows.next()) {
          attempts
              .computeIfAbsent(rows.getObject("resource_id", UUID.class), id -> new ArrayList<>())
              .add(attempt(rows));
        }
        return attempts;
      }
    }
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getInt("n"),
        Call.parse(row.getString("call")),
        Outcome.parse(row.getString("outcome")),
        Instants.read(row, "claimed_at"),
        Instants.read(row, "ended_by"),
        row.getObject("http_status", Integer.class),
        row.getObject("latency_ms", Integer.class));
  }
}
