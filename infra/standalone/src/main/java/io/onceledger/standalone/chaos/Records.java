package io.onceledger.standalone.chaos;

import io.onceledger.standalone.demo.GivenUpException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The database's history, read by its superuser, from whom no policy hides anything. One connection
 * for one thread; nothing is ever written.
 */
final class Records implements AutoCloseable {

  private static final String OPEN = "SELECT count(*) FROM outbox_message WHERE step <> 'parked'";

  private static final String CLAIMED =
      """
      SELECT count(*)
      FROM outbox_message
      WHERE claimed_at IS NOT NULL
      """;

  private static final String CLOCK = "SELECT clock_timestamp()";

  /**
   * Seconds until the last lost send was taken over: whoever takes one over records at once that
   * its charge is unknown.
   */
  private static final String SLOWEST_TAKEOVER =
      """
      SELECT coalesce(max(extract(epoch FROM e.created_at - ?::timestamptz)), 0)
      FROM attempt AS a
      JOIN event AS e
        ON e.merchant_id = a.merchant_id AND e.charge_id = a.resource_id AND e.status = 'unknown'
      WHERE a.call = 'send' AND a.outcome = 'ambiguous' AND a.latency_ms IS NULL
      """;

  /** Every move that was ever made, as often as it was. */
  private static final String MOVES =
      """
      SELECT DISTINCT coalesce(lag(status) OVER of_charge, 'pending') || ' to ' || status
      FROM event
      WHERE refund_id IS NULL
      WINDOW of_charge AS (PARTITION BY merchant_id, charge_id ORDER BY sequence)
      """;

  /** Charges whose events do not end in their status, or have a gap. */
  private static final String TORN =
      """
      SELECT public_id('ch_', c.id) || ' is ' || c.status || ' after ' || e.count || ' events, the last '
             || coalesce(e.status, 'none')
      FROM charge AS c
      CROSS JOIN LATERAL (
        SELECT count(*) AS count, max(sequence) AS last,
               (array_agg(status ORDER BY sequence DESC))[1] AS status
        FROM event
        WHERE merchant_id = c.merchant_id AND charge_id = c.id AND refund_id IS NULL
      ) AS e
      WHERE coalesce(e.status, 'pending') <> c.status
         OR coalesce(e.last, 0) <> e.count
         OR c.event_count <> e.count
      """;

  private static final String CHARGES = "SELECT public_id('ch_', id) FROM charge";

  private static final String REVIEWED =
      "SELECT public_id('ch_', id) FROM charge WHERE status = 'needs_review'";

  private static final String SECOND_CHARGES =
      """
      SELECT idempotency_key || ' has ' || count(*) || ' charges'
      FROM charge
      GROUP BY merchant_id, idempotency_key
      HAVING count(*) > 1
      """;

  /** Sends that began later after the first one than the processor remembers the key. */
  private static final String LATE_SENDS =
      """
      SELECT public_id('ch_', resource_id) || ' was sent again after '
             || max(claimed_at) - min(claimed_at)
      FROM attempt
      WHERE call = 'send' AND outcome <> 'not_sent'
      GROUP BY merchant_id, resource_id
      HAVING max(claimed_at) - min(claimed_at) > ?::interval
      """;

  /** A send that nobody recorded: whoever took it over wrote it down, without a latency. */
  private static final String TAKEN_OVER_SENDS =
      """
      SELECT count(*)
      FROM attempt
      WHERE call = 'send' AND outcome = 'ambiguous' AND latency_ms IS NULL
      """;

  private static final String RESOLVED =
      """
      SELECT count(*)
      FROM attempt
      WHERE call = ? AND outcome = ANY (string_to_array(?, ' '))
      """;

  /**
   * Of those that wait for a person, the ones about which something could have been learnt: a
   * look-up or cancel got through when the processor surely remembered the key and everything that
   * was ever sent had long settled. Absent from such a look-up proves that nothing happened, and so
   * the charge should have been cancelled.
   */
  private static final String DECIDABLE =
      """
      SELECT public_id('ch_', c.id) || ': ' || string_agg(
               a.call || ' ' || a.outcome || ' after '
               || round(extract(epoch FROM a.claimed_at - s.first_at)::numeric, 2) || ' s', ', '
               ORDER BY a.n)
      FROM charge AS c
      JOIN attempt AS a ON a.merchant_id = c.merchant_id AND a.resource_id = c.id
      CROSS JOIN LATERAL (
        SELECT min(claimed_at) AS first_at, max(ended_by) AS ended_by
        FROM attempt
        WHERE merchant_id = c.merchant_id AND resource_id = c.id
          AND call = 'send' AND outcome <> 'not_sent'
      ) AS s
      CROSS JOIN LATERAL (
        SELECT min(ended_by) AS ended_by
        FROM attempt
        WHERE merchant_id = c.merchant_id AND resource_id = c.id
          AND call = 'look_up' AND outcome = 'absent'
      ) AS absent
      WHERE c.status = 'needs_review'
      GROUP BY c.merchant_id, c.id
      HAVING count(*) FILTER (
               WHERE a.call IN ('look_up', 'cancel')
                 AND a.claimed_at >= greatest(s.ended_by, absent.ended_by) + ?::interval
                 AND a.ended_by <= s.first_at + ?::interval) > 0
      """;

  /** Those that wait for a person though every send of theirs got an answer that decides. */
  private static final String UNDOUBTED =
      """
      SELECT public_id('ch_', c.id) || ' waits, and no send of it was ambiguous'
      FROM charge AS c
      WHERE c.status = 'needs_review'
        AND NOT EXISTS (
          SELECT
          FROM attempt
          WHERE merchant_id = c.merchant_id AND resource_id = c.id
            AND call = 'send' AND outcome = 'ambiguous')
      """;

  private final Connection connection;

  private Records(Connection connection) {
    this.connection = connection;
  }

  static Records open(int port) throws SQLException {
    return new Records(
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/ledger?user=postgres"));
  }

  /** Messages that the workers still have to do something about. */
  long open() {
    return count(OPEN);
  }

  long claimed() {
    return count(CLAIMED);
  }

  /** The database's clock, as the parameter that it is here. */
  String clock() {
    return texts(CLOCK).get(0);
  }

  /** See {@link #SLOWEST_TAKEOVER}. */
  double slowestTakeover(String killed) {
    return Double.parseDouble(texts(SLOWEST_TAKEOVER, killed).get(0));
  }

  Set<String> moves() {
    return new HashSet<>(texts(MOVES));
  }

  List<String> torn() {
    return texts(TORN);
  }

  Set<String> charges() {
    return new HashSet<>(texts(CHARGES));
  }

  Set<String> reviewed() {
    return new HashSet<>(texts(REVIEWED));
  }

  List<String> secondCharges() {
    return texts(SECOND_CHARGES);
  }

  List<String> sentLaterThan(String retention) {
    return texts(LATE_SENDS, retention);
  }

  long takenOver() {
    return count(TAKEN_OVER_SENDS);
  }

  long foundByLookUp() {
    return count(RESOLVED, "look_up", "approved declined");
  }

  long canceledByKey() {
    return count(RESOLVED, "cancel", "canceled");
  }

  /**
   * See {@link #DECIDABLE}.
   *
   * @param settle the settle time and the skew
   * @param remembered the key retention less the skew
   */
  List<String> decidableReviews(String settle, String remembered) {
    return texts(DECIDABLE, settle, remembered);
  }

  List<String> undoubtedReviews() {
    return texts(UNDOUBTED);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      // which is what was wanted
    }
  }

  private long count(String query, String... parameters) {
    return Long.parseLong(texts(query, parameters).get(0));
  }

  private List<String> texts(String query, String... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    } catch (SQLException failure) {
      throw new GivenUpException("the database does not answer: " + failure.getMessage());
    }
  }
}
