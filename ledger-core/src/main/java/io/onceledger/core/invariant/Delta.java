package io.onceledger.core.invariant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Checks what was booked lately, in the order in which it was, and some of what was found wrong
 * before: a step at a time, in the caller's transaction.
 */
final class Delta {

  /** Entries whose subjects are checked at once because they were posted. */
  private static final int LATELY = 1_000;

  /**
   * The next closed entries; where they end. In the order of the index, so the scan ends with the
   * last.
   */
  private static final String LATEST =
      """
      WITH posted AS (
        SELECT e.posted_at, e.id
        FROM ledger_entry AS e
        WHERE e.posted_at >= (SELECT delta_at FROM invariant_watch)
          AND e.posted_at < (SELECT closed_until FROM closing)
          AND (e.posted_at, e.id) > (SELECT delta_at, delta_id FROM invariant_watch)
        ORDER BY e.posted_at, e.id
        LIMIT %s
      )
      SELECT posted_at::text AS at, id, count(*) OVER () AS entries
      FROM posted
      ORDER BY posted_at DESC, id DESC
      LIMIT 1
      """
          .formatted(LATELY);

  /** Some of the stored subjects each time: the rest comes with the sweep. */
  private static final String RESOURCES =
      check(
          Part.RESOURCES,
          """
          subject AS MATERIALIZED (
            SELECT e.merchant_id, s.id
            FROM ledger_entry AS e
            CROSS JOIN invariant_watch AS w
            CROSS JOIN LATERAL unnest(ARRAY[e.source_id, e.charge_id, e.refund_id]) AS s (id)
            WHERE e.posted_at >= w.delta_at AND e.posted_at <= ?::timestamptz
              AND (e.posted_at, e.id) > (w.delta_at, w.delta_id)
              AND (e.posted_at, e.id) <= (?::timestamptz, ?::uuid)
            UNION
            (SELECT merchant_id, subject::uuid
             FROM violation_found
             WHERE part = 'resource'
             ORDER BY random()
             LIMIT 500)
          ),
          """);

  private static final String KEYS =
      check(
          Part.KEYS,
          """
          subject AS MATERIALIZED (
            SELECT merchant_id, subject AS id
            FROM violation_found
            WHERE part = 'key'
            ORDER BY random()
            LIMIT 500
          ),
          """);

  private record Place(String at, UUID id, boolean more) {}

  private Delta() {}

  /** One step; whether there are more entries. Does nothing while another checker is at it. */
  static boolean check(Connection connection) throws SQLException {
    if (Watch.lock(connection) == null) {
      return false;
    }
    Place place = place(connection);
    try (PreparedStatement statement = connection.prepareStatement(RESOURCES)) {
      statement.setString(1, place.at());
      statement.setString(2, place.at());
      statement.setObject(3, place.id());
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.executeUpdate();
    }
    if (place.at() != null) {
      Watch.moveTo(connection, place.at(), place.id());
    }
    return place.more();
  }

  private static Place place(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LATEST);
        ResultSet row = statement.executeQuery()) {
      return row.next()
          ? new Place(
              row.getString("at"), row.getObject("id", UUID.class), row.getInt("entries") == LATELY)
          : new Place(null, null, false);
    }
  }

  /** A merchant's subjects at once; OFFSET 0, so that they reach each branch of the view. */
  private static String check(Part part, String subjects) {
    return Findings.keep(
        subjects,
        part.code(),
        """
        SELECT v.*
        FROM (SELECT merchant_id, array_agg(id) AS ids FROM subject GROUP BY merchant_id) AS s
        CROSS JOIN LATERAL (
          SELECT *
          FROM %s
          WHERE merchant_id = s.merchant_id AND subject = ANY (s.ids)
          OFFSET 0
        ) AS v
        """
            .formatted(part.view()),
        "(v.merchant_id, v.subject) IN (SELECT merchant_id, id::text COLLATE \"C\" FROM subject)");
  }
}
