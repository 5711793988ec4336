package io.onceledger.core.closing;

import io.onceledger.core.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Holds the entries against the blocks that seal them: some blocks at each call, all of them in
 * turn, and then again. What differs is stored by block and entry, where the invariants read it; it
 * is gone when its block is found as it was closed. Any number of auditors may run: whoever does
 * not get the lock of the one row leaves. Needs the writer role.
 */
public final class Auditor {

  /** Blocks in one call, at most: of one entry each they take about 30 ms. */
  private static final int MOST_BLOCKS = 1_000;

  /** Differences stored for one call, at most: the first ones name the trouble. */
  private static final int MOST_DIFFERENCES = 1_000;

  /** The block after the last one stands for the closed time since. */
  private static final String LOCK =
      """
      SELECT audited_blocks + 1 AS first, blocks + 1 AS end_of_round
      FROM closing
      FOR UPDATE SKIP LOCKED
      """;

  /** The last block that fits in, but at least the first; NULL when there is none. */
  private static final String STRETCH =
      """
      SELECT max(n) AS last
      FROM (
        SELECT n, sum(entries) OVER (ORDER BY n) AS entries, row_number() OVER (ORDER BY n) AS place
        FROM (
          SELECT n, entries
          FROM ledger_block
          WHERE n >= ?
          ORDER BY n
          LIMIT ?
        ) AS b
      ) AS b
      WHERE entries <= ? OR place = 1
      """;

  private static final String AUDIT =
      """
      WITH found AS MATERIALIZED (
        SELECT * FROM audit_blocks(?, ?) LIMIT %s
      ),
      healed AS (
        DELETE FROM closed_difference AS d
        WHERE d.block BETWEEN ? AND ?
          AND NOT EXISTS (
            SELECT
            FROM found AS f
            WHERE f.block = d.block AND f.what = d.what
              AND f.entry_id IS NOT DISTINCT FROM d.entry_id)
      )
      INSERT INTO closed_difference (block, entry_id, found_at, what)
      SELECT block, entry_id, now(), what
      FROM found
      ON CONFLICT ON CONSTRAINT closed_difference_once DO NOTHING
      """
          .formatted(MOST_DIFFERENCES);

  private static final String REMEMBER =
      """
      UPDATE closing
      SET audited_blocks = ?, audited_until = (SELECT until_at FROM ledger_block WHERE n = ?)
      """;

  /** What lay behind the last round's end is gone with it: there is no such block. */
  private static final String END_ROUND =
      """
      WITH outlived AS (
        DELETE FROM closed_difference
        WHERE block > ?
      )
      UPDATE closing
      SET audited_blocks = 0, audited_until = closed_until, round_ended_at = clock_timestamp()
      """;

  /** How far one call has come. */
  public enum Progress {
    /** Someone else is at it. */
    BUSY,
    /** There are more blocks. */
    WITHIN_ROUND,
    /** Every block has been looked at since the round began. */
    ROUND_ENDED
  }

  private final DataSource dataSource;

  public Auditor(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Audits the next blocks, in one transaction.
   *
   * @param entries of so many entries, at most; of one block, at least
   */
  public Progress audit(int entries) throws SQLException {
    return Transactions.run(dataSource, connection -> audit(connection, entries));
  }

  private static Progress audit(Connection connection, int entries) throws SQLException {
    long first;
    long end;
    try (PreparedStatement statement = connection.prepareStatement(LOCK);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Progress.BUSY;
      }
      first = row.getLong("first");
      end = row.getLong("end_of_round");
    }
    long last = last(connection, first, entries);
    boolean ends = last == 0 || last + 1 >= end;
    run(connection, AUDIT, first, ends ? end : last, first, ends ? end : last);
    if (ends) {
      run(connection, END_ROUND, end);
      return Progress.ROUND_ENDED;
    }
    run(connection, REMEMBER, last, last);
    return Progress.WITHIN_ROUND;
  }

  /** Zero when there are no blocks from {@code first} on. */
  private static long last(Connection connection, long first, int entries) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STRETCH)) {
      statement.setLong(1, first);
      statement.setInt(2, MOST_BLOCKS);
      statement.setInt(3, entries);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong("last");
      }
    }
  }

  private static void run(Connection connection, String sql, long... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
