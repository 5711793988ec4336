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
 * writer role, and plans by key (decision 5): to make new ones for each slice was much of the work
 * on it.
 */
public final class Checker {

  /** Rows of one slice: some 20 ms. */
  private static final int SLICE = 1_000;

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
      more = Transactions.run(dataSource, Delta::check);
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
      Transactions.run(dataSource, connection -> Watch.checked(connection, beginning.at()));
    }
    return beginning.balances();
  }

  /** Null when another checker is at it. */
  private Beginning global(Connection connection) throws SQLException {
    String at = Watch.lock(connection);
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
}
