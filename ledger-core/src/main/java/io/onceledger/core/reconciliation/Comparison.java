package io.onceledger.core.reconciliation;

import io.onceledger.core.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/**
 * Holds a report against the books, both ways, in one transaction of a few statements over all
 * rows: none of them comes into the JVM. Writes differences and counts, and nothing of the books.
 *
 * <p>It may take minutes. It locks nothing that anybody waits for but the right to make runs; if
 * its worker dies, that right ends with the connection.
 */
final class Comparison {

  /** Far above what a million charges take; a plan that has gone wrong ends here. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** So that a day's lines are joined in memory, or nearly. */
  private static final String SETTINGS =
      """
      SELECT set_config('statement_timeout', ?, true), set_config('work_mem', '64MB', true)
      """;

  /** What a difference that is found again becomes; one that was gone is open again. */
  private static final String SEEN_AGAIN =
      """
      ON CONFLICT (merchant_id, kind, type, reference, payment) DO UPDATE
      SET last_seen = now(),
          last_run = excluded.last_run,
          our_amount = excluded.our_amount,
          our_currency = excluded.our_currency,
          our_status = excluded.our_status,
          resolved_at = CASE WHEN d.resolved_by IS NULL THEN NULL ELSE d.resolved_at END,
          note = CASE WHEN d.resolved_by IS NULL THEN NULL ELSE d.note END
      """;

  /**
   * One pass over the lines of the day, and over those of any day that differed or waited when they
   * were compared last: what another report, a worker or a person has done since may have made an
   * end of that, or something else. What agrees is counted, and gets no further. A difference stays
   * open while its line waits.
   *
   * <p>OFFSET 0 has those of other days looked up by their keys: a join would compare all lines
   * that there ever were.
   */
  private static final String COMPARE_LINES =
      """
      WITH again AS (
        SELECT merchant_id, type, payment, reference
        FROM reconciliation_difference
        WHERE resolved_at IS NULL AND kind <> 'missing_there'
        UNION
        SELECT merchant_id, type, payment, reference
        FROM reconciliation_waiting
      ),
      compared AS MATERIALIZED (
        SELECT *
        FROM settlement_comparison
        WHERE report_date = ? AND finding <> 'matched'
        UNION
        SELECT c.*
        FROM again AS a
        CROSS JOIN LATERAL (
          SELECT *
          FROM settlement_comparison
          WHERE (merchant_id, type, payment, reference)
            = (a.merchant_id, a.type, a.payment, a.reference)
          OFFSET 0
        ) AS c
      ),
      waiting AS (
        INSERT INTO reconciliation_waiting (merchant_id, type, payment, reference)
        SELECT merchant_id, type, payment, reference
        FROM compared
        WHERE finding = 'waiting'
        ON CONFLICT DO NOTHING
      ),
      decided AS (
        DELETE FROM reconciliation_waiting AS w
        USING compared AS c
        WHERE (w.merchant_id, w.type, w.payment, w.reference)
            = (c.merchant_id, c.type, c.payment, c.reference)
          AND c.finding <> 'waiting'
      ),
      gone AS (
        UPDATE reconciliation_difference AS d
        SET resolved_at = now(),
            note = CASE c.finding
                     WHEN 'matched' THEN 'Gone: report and charge agree now'
                     ELSE 'Gone: it is a difference of kind ' || c.finding || ' now'
                   END
        FROM compared AS c
        WHERE d.resolved_at IS NULL AND d.kind <> 'missing_there'
          AND (d.merchant_id, d.type, d.payment, d.reference)
            = (c.merchant_id, c.type, c.payment, c.reference)
          AND c.finding NOT IN (d.kind, 'waiting')
      ),
      stored AS (
        INSERT INTO reconciliation_difference AS d
          (merchant_id, id, last_run, charge_id, refund_id, first_seen, last_seen, reported_amount,
           our_amount, date, kind, type, payment, reference, reported_currency, our_currency,
           our_status)
        SELECT merchant_id, gen_random_uuid(), ?, charge_id, refund_id, now(), now(), amount,
               our_amount, ?, finding, type, payment, reference, currency, our_currency,
               our_status
        FROM compared
        WHERE finding NOT IN ('matched', 'waiting')
      """
          + SEEN_AGAIN
          + """
          )
          UPDATE reconciliation AS r
          SET waiting = of_day.waiting,
              matched = (
                SELECT count(*)
                FROM settlement_line AS l
                WHERE l.report_date = r.date
              ) - of_day.others
          FROM (
            SELECT count(*) FILTER (WHERE finding = 'waiting') AS waiting, count(*) AS others
            FROM compared
            WHERE report_date = ? AND finding <> 'matched'
          ) AS of_day
          WHERE r.id = ?
          """;

  /**
   * Stores what no report names of {@code unreported}, if every report that could have it was read
   * to its end, long enough after it was booked. The effect falls somewhere between {@code since}
   * and booking: all of those days are asked for.
   */
  private static final String STORE =
      """
      INSERT INTO reconciliation_difference AS d
        (merchant_id, id, last_run, charge_id, refund_id, first_seen, last_seen, our_amount, date,
         kind, type, payment, reference, our_currency, our_status)
      SELECT merchant_id, gen_random_uuid(), ?, charge_id, refund_id, now(), now(), amount, ?,
             'missing_there', type, coalesce(payment, ''),
             public_id(CASE type WHEN 'refund' THEN 're_' ELSE 'ch_' END,
                       CASE type WHEN 'refund' THEN refund_id ELSE charge_id END),
             currency, status
      FROM unreported
      WHERE NOT EXISTS (
        SELECT
        FROM generate_series(
               date_trunc('day', (since - ? * interval '1 millisecond') AT TIME ZONE 'UTC'),
               (posted_at + ? * interval '1 millisecond') AT TIME ZONE 'UTC',
               interval '1 day') AS day
        WHERE NOT EXISTS (
          SELECT
          FROM settlement_import AS i
          WHERE i.report_date = day::date AND i.state = 'complete'
            AND i.started_at
              >= least((day + interval '1 day') AT TIME ZONE 'UTC', posted_at)
                + ? * interval '1 millisecond'))
      """
          + SEEN_AGAIN;

  /**
   * Reads what was booked on the day, until a day later for what was accepted on it and booked
   * late, and before, for what was too young then: along the entries of each merchant, which are in
   * the order of time.
   */
  private static final String STORE_UNREPORTED =
      """
      WITH unreported AS (
        SELECT s.*, s.created_at AS since, e.posted_at
        FROM merchant AS m
        CROSS JOIN LATERAL (
          SELECT source_id, posted_at, CASE kind WHEN 'refund' THEN 'refund' ELSE 'payment' END AS type
          FROM ledger_entry
          WHERE merchant_id = m.id AND kind IN ('charge', 'refund')
            AND posted_at >= ? AND posted_at < ?
        ) AS e
        JOIN settleable AS s
          ON s.merchant_id = m.id AND s.id = e.source_id AND s.type = e.type
        WHERE s.status = 'succeeded' AND s.created_at < ?
          AND NOT EXISTS (
            SELECT
            FROM settlement_line AS l
            WHERE l.merchant_id = s.merchant_id AND l.resource_id = s.id AND l.type = s.type)
      )
      """
          + STORE;

  /**
   * The same for disputes and what was given back of them. The processor has said when each was, in
   * the notification that we booked; at the earliest that was when its charge was accepted. There
   * are few disputes: their table is read, and their entries by key.
   */
  private static final String STORE_UNREPORTED_DISPUTES =
      """
      WITH unreported AS (
        SELECT d.merchant_id, d.charge_id, NULL::uuid AS refund_id, d.amount, d.currency, d.status,
               e.kind AS type, d.processor_dispute AS payment, e.posted_at, t.since
        FROM dispute AS d
        JOIN charge AS c ON c.merchant_id = d.merchant_id AND c.id = d.charge_id
        JOIN ledger_entry AS e
          ON e.merchant_id = d.merchant_id AND e.source_id = d.id
            AND e.kind IN ('dispute', 'dispute_reversal')
            AND e.posted_at >= ? AND e.posted_at < ?
        CROSS JOIN LATERAL (
          SELECT least(e.posted_at, greatest(c.created_at, min(m.occurred_at))) AS since
          FROM inbox_message AS m
          WHERE m.merchant_id = d.merchant_id AND m.charge_id = d.charge_id
            AND m.dispute = d.processor_dispute
            AND m.type = CASE e.kind WHEN 'dispute' THEN 'dispute.opened' ELSE 'dispute.won' END
        ) AS t
        WHERE t.since < ?
          AND NOT EXISTS (
            SELECT
            FROM dispute_line AS l
            WHERE l.merchant_id = d.merchant_id AND l.charge_id = d.charge_id AND l.type = e.kind
              AND l.dispute_id = d.id)
      )
      """
          + STORE;

  private static final String CLOSE_REPORTED =
      """
      UPDATE reconciliation_difference AS d
      SET resolved_at = now(), note = 'Gone: it is in the report of ' || l.report_date
      FROM settlement_line AS l
      WHERE d.resolved_at IS NULL AND d.kind = 'missing_there' AND d.type IN ('payment', 'refund')
        AND l.merchant_id = d.merchant_id AND l.resource_id = coalesce(d.refund_id, d.charge_id)
        AND l.type = d.type
      """;

  private static final String CLOSE_REPORTED_DISPUTES =
      """
      UPDATE reconciliation_difference AS d
      SET resolved_at = now(), note = 'Gone: it is in the report of ' || l.report_date
      FROM dispute AS ours, dispute_line AS l
      WHERE d.resolved_at IS NULL AND d.kind = 'missing_there'
        AND d.type IN ('dispute', 'dispute_reversal')
        AND ours.merchant_id = d.merchant_id AND ours.charge_id = d.charge_id
        AND ours.processor_dispute = d.payment
        AND l.merchant_id = d.merchant_id AND l.charge_id = d.charge_id AND l.type = d.type
        AND l.dispute_id = ours.id
      """;

  private static final String COUNT =
      """
      UPDATE reconciliation AS r
      SET missing_here = found.missing_here, missing_there = found.missing_there,
          other_amount = found.amount, other_currency = found.currency, other_status = found.status
      FROM (
        SELECT count(*) FILTER (WHERE d.kind = 'missing_here') AS missing_here,
               count(*) FILTER (WHERE d.kind = 'missing_there') AS missing_there,
               count(*) FILTER (WHERE d.kind = 'amount') AS amount,
               count(*) FILTER (WHERE d.kind = 'currency') AS currency,
               count(*) FILTER (WHERE d.kind = 'status') AS status
        FROM reconciliation AS run
        JOIN reconciliation_difference AS d ON d.date = run.date AND d.last_run = run.id
        WHERE run.id = ?
      ) AS found
      WHERE r.id = ?
      """;

  private final DataSource dataSource;
  private final RunQueue queue;
  private final ReconciliationTerms terms;

  Comparison(DataSource dataSource, RunQueue queue, ReconciliationTerms terms) {
    this.dataSource = dataSource;
    this.queue = queue;
    this.terms = terms;
  }

  /** Stores what differs by now, and closes what does not any more. */
  void compare(ClaimedRun run) throws SQLException {
    Transactions.run(
        dataSource,
        connection -> {
          queue.holdThroughout(connection, run);
          execute(connection, SETTINGS, List.of(Long.toString(LONGEST.toMillis())));
          compareLines(connection, run);
          execute(connection, STORE_UNREPORTED, unreported(run));
          execute(connection, STORE_UNREPORTED_DISPUTES, unreported(run));
          execute(connection, CLOSE_REPORTED, List.of());
          execute(connection, CLOSE_REPORTED_DISPUTES, List.of());
          execute(connection, COUNT, List.of(run.id(), run.id()));
          return null;
        });
  }

  /** The part that goes over lines; a test counts those that it reads. */
  static void compareLines(Connection connection, ClaimedRun run) throws SQLException {
    execute(
        connection, COMPARE_LINES, List.of(run.date(), run.id(), run.date(), run.date(), run.id()));
  }

  /** As constants, so that the plan is made for as many rows as there are. */
  private List<Object> unreported(ClaimedRun run) {
    OffsetDateTime start = run.date().atStartOfDay().atOffset(ZoneOffset.UTC);
    long grace = terms.grace().toMillis();
    return List.of(
        start.minus(terms.missingAfter()).minus(terms.grace()),
        start.plusDays(2),
        start.plusDays(1).plus(terms.grace()),
        run.id(),
        run.date(),
        grace,
        grace,
        terms.missingAfter().toMillis());
  }

  private static void execute(Connection connection, String sql, List<Object> parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      statement.execute();
    }
  }
}
