package io.onceledger.core.invariant;

import io.onceledger.core.database.Transactions;
import io.onceledger.core.invariant.Sweep.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Checks the rules bit by bit and keeps what it finds, where {@link Invariants} reads it. Each call
 * checks
 *
 * <ol>
 *   <li>the balances: what closing added up and the entries since, unless there are too many of
 *       them because closing is far behind;
 *   <li>what was booked lately, and what was found wrong before;
 *   <li>everything else in turn: slices, as many as there is time for. Small books are checked
 *       whole in each call.
 * </ol>
 *
 * <p>Each step is a transaction; a crash between or within them leaves what the next call goes on
 * with. Any number of checkers may run: whoever does not get the lock of a step leaves. Needs the
 * writer role.
 */
public final class Checker {

  /** Rows of one slice: some 20 ms. */
  private static final int SLICE = 1_000;

  /** Entries whose subjects are checked at once because they were posted. */
  private static final int LATELY = 1_000;

  /** Entries that are added up in each call because no block has them yet: a tenth of a second. */
  private static final int MOST_OPEN = 100_000;

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private static final String GLOBAL =
      Findings.keep(
          "",
          "global",
          """
          SELECT '%1$s'::uuid AS merchant_id, '' AS subject, name, detail
          FROM balance_violation_since_closing
          UNION ALL
          SELECT '%1$s', '', name, detail
          FROM total_violation
          """
              .formatted(NOBODY),
          "true");

  private static final String LOCK =
      """
      SELECT clock_timestamp()::text AS at
      FROM invariant_watch
      FOR UPDATE SKIP LOCKED
      """;

  private static final String FAR_BEHIND =
      """
      SELECT EXISTS (
        SELECT
        FROM ledger_entry
        WHERE posted_at >= (SELECT next_at FROM closing)
        ORDER BY posted_at
        OFFSET ?
        LIMIT 1
      )
      """;

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
  private static final String RESOURCES_LATELY =
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
      """;

  private static final String KEYS_LATELY =
      """
      subject AS MATERIALIZED (
        SELECT merchant_id, subject AS id
        FROM violation_found
        WHERE part = 'key'
        ORDER BY random()
        LIMIT 500
      ),
      """;

  private static final String MOVE =
      """
      UPDATE invariant_watch
      SET delta_at = ?::timestamptz, delta_id = ?::uuid
      """;

  private static final String DONE =
      """
      UPDATE invariant_watch
      SET checked_at = ?::timestamptz
      """;

  private record Place(String at, UUID id, boolean more) {}

  /** When a check began, and whether it could add up the balances. */
  private record Beginning(String at, boolean balances) {}

  private final DataSource dataSource;
  private final int mostOpen;
  private final List<Sweep> sweeps;

  public Checker(DataSource dataSource) {
    this(dataSource, SLICE, MOST_OPEN);
  }

  /**
   * With other sizes.
   *
   * @param slice rows, at most
   * @param mostOpen entries that no block has yet, beyond which balances are not checked
   */
  public Checker(DataSource dataSource, int slice, int mostOpen) {
    this.dataSource = dataSource;
    this.mostOpen = mostOpen;
    this.sweeps =
        List.of(
            new Sweep(dataSource, Part.RESOURCES, slice), new Sweep(dataSource, Part.KEYS, slice));
  }

  /**
   * Checks for a while.
   *
   * @param atMost begins no slice but the first of each part after this time
   * @return whether it came to its end: false when another checker was at it, or when closing is so
   *     far behind that the balances were left out
   */
  public boolean check(Duration atMost) throws SQLException {
    long began = System.nanoTime();
    Beginning beginning = Transactions.run(dataSource, this::global);
    if (beginning == null) {
      return false;
    }
    boolean more;
    do {
      more = Transactions.run(dataSource, Checker::lately);
    } while (more && System.nanoTime() - began < atMost.toNanos());
    List<Sweep> unended = new ArrayList<>(sweeps);
    do {
      for (Iterator<Sweep> each = unended.iterator(); each.hasNext(); ) {
        Progress progress = each.next().slice();
        if (progress == Progress.BUSY) {
          return false;
        }
        if (progress == Progress.ROUND_ENDED) {
          each.remove();
        }
      }
    } while (!unended.isEmpty() && System.nanoTime() - began < atMost.toNanos());
    if (beginning.balances()) {
      run(DONE, beginning.at());
    }
    return beginning.balances();
  }

  /** Null when another checker is at it. */
  private Beginning global(Connection connection) throws SQLException {
    String at = lock(connection);
    if (at == null) {
      return null;
    }
    if (isFarBehind(connection)) {
      return new Beginning(at, false);
    }
    try (PreparedStatement statement = connection.prepareStatement(GLOBAL)) {
      statement.executeUpdate();
    }
    return new Beginning(at, true);
  }

  private boolean isFarBehind(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FAR_BEHIND)) {
      statement.setInt(1, mostOpen);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Whether there are more entries. */
  private static boolean lately(Connection connection) throws SQLException {
    if (lock(connection) == null) {
      return false;
    }
    Findings.planByKey(connection);
    Place place = place(connection);
    try (PreparedStatement statement =
        connection.prepareStatement(lately(Part.RESOURCES, RESOURCES_LATELY))) {
      statement.setString(1, place.at());
      statement.setString(2, place.at());
      statement.setObject(3, place.id());
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(lately(Part.KEYS, KEYS_LATELY))) {
      statement.executeUpdate();
    }
    if (place.at() != null) {
      try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
        statement.setString(1, place.at());
        statement.setObject(2, place.id());
        statement.executeUpdate();
      }
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
  private static String lately(Part part, String subjects) {
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

  private static String lock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getString("at") : null;
    }
  }

  private void run(String sql, String parameter) throws SQLException {
    Transactions.run(
        dataSource,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            return statement.executeUpdate();
          }
        });
  }
}
