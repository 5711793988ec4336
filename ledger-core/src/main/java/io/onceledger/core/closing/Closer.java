package io.onceledger.core.closing;

import io.onceledger.core.database.Transactions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Closes the books, step by step; each step is a transaction, and a crash between or within two of
 * them leaves what the next one goes on with. Any number of closers may run: they take turns by the
 * lock of one row, and whoever does not get it leaves. Nobody who posts takes a lock because of it.
 * Needs the writer role.
 *
 * <p>Why nothing is missed:
 *
 * <ol>
 *   <li>a time T is read and committed as {@code posted_from}: who sees it posts nothing before it;
 *   <li>in a later transaction the number X of that transaction is stored as {@code settled_by};
 *   <li>when every transaction before X has ended, all entries before T are there to be seen. For
 *       who posts takes a number before the clock is read: a number before X has ended, and one
 *       after X was taken after T had been committed, so the clock showed T or more, or T was seen.
 * </ol>
 *
 * <p>{@code pg_snapshot_xmax} would not do as X: it is the number after the last one that ended,
 * and lies before those of transactions that are under way.
 */
public final class Closer {

  /**
   * A block takes some 20 ms and two hundred bytes beside 24 for each entry. Checkpoints are
   * written between blocks, so that smaller blocks make balances in the past cheaper, too.
   */
  private static final int BLOCK_ENTRIES = 4_000;

  /**
   * A balance in the past reads this many entries of its account at most, and of its merchant a few
   * times as many; a checkpoint is a row of 100 bytes for each account.
   */
  private static final int CHECKPOINT_ENTRIES = 1_000;

  private static final String ZERO = "00000000-0000-0000-0000-000000000000";

  private static final String LOCK =
      """
      SELECT settled_by IS NULL
               -- Not from this server: the database was restored from a dump into another one.
               OR settled_by >= pg_snapshot_xmax(pg_current_snapshot()) AS unnumbered,
             settled_by <= pg_snapshot_xmin(pg_current_snapshot()) AS settled,
             posted_from::text, closed_until::text, next_at::text, next_id
      FROM closing
      FOR UPDATE SKIP LOCKED
      """;

  private static final String NUMBER =
      """
      UPDATE closing
      SET settled_by = pg_current_xact_id()
      """;

  /** The clock may go back; this time does not, and never stands still either. */
  private static final String ADVANCE =
      """
      UPDATE closing
      SET closed_until = posted_from,
          posted_from = greatest(clock_timestamp(), posted_from + interval '1 microsecond'),
          settled_by = NULL
      """;

  /** The first entry that does not fit in; by its time alone unless that is cut in two. */
  private static final String EDGE =
      """
      SELECT e.posted_at::text AS at,
             CASE
               WHEN EXISTS (
                 SELECT FROM ledger_entry AS s WHERE s.posted_at = e.posted_at AND s.id < e.id)
               THEN e.id
               ELSE ?::uuid
             END AS id
      FROM (
        SELECT posted_at, id
        FROM ledger_entry
        WHERE posted_at >= ?::timestamptz AND posted_at < ?::timestamptz
          AND (posted_at, id) >= (?::timestamptz, ?::uuid)
        ORDER BY posted_at, id
        OFFSET ?
        LIMIT 1
      ) AS e
      """;

  /** One statement, whatever the number of entries; no row when there are none. */
  private static final String SEAL =
      """
      WITH piece AS MATERIALIZED (
        SELECT e.merchant_id, e.posted_at, e.id, e.amount, e.currency, e.debit_account,
               e.credit_account, entry_digest(e) AS digest
        FROM ledger_entry AS e
        WHERE e.posted_at >= ?::timestamptz AND e.posted_at <= ?::timestamptz
          AND (e.posted_at, e.id) >= (?::timestamptz, ?::uuid)
          AND (e.posted_at, e.id) < (?::timestamptz, ?::uuid)
      ),
      sealed AS (
        SELECT count(*) AS entries,
               string_agg(digest, '' ORDER BY posted_at, id) AS whole,
               string_agg(uuid_send(id) || substring(digest FOR 8), '' ORDER BY posted_at, id)
                 AS digests
        FROM piece
        HAVING count(*) > 0
      ),
      block AS (
        INSERT INTO ledger_block
          (n, from_at, from_id, until_at, until_id, entries, previous_hash, hash, digests)
        SELECT c.blocks + 1, c.next_at, c.next_id, u.at, u.id, s.entries, c.head_hash,
               block_hash(c.head_hash, c.blocks + 1, c.next_at, c.next_id, u.at, u.id, s.entries,
                          s.whole),
               s.digests
        FROM closing AS c, sealed AS s, (SELECT ?::timestamptz, ?::uuid) AS u (at, id)
        RETURNING n, until_at, until_id, entries, hash
      ),
      moved AS (
        INSERT INTO closed_balance AS balance
          (merchant_id, account, currency, debits, credits, entries)
        SELECT merchant_id, account, currency, sum(debit), sum(credit), count(*)
        FROM (
          SELECT merchant_id, debit_account AS account, currency, amount AS debit, 0 AS credit
          FROM piece
          UNION ALL
          SELECT merchant_id, credit_account, currency, 0, amount
          FROM piece
        ) AS leg
        GROUP BY merchant_id, account, currency
        ORDER BY merchant_id, account, currency
        ON CONFLICT (merchant_id, account, currency) DO UPDATE
        SET debits = balance.debits + excluded.debits,
            credits = balance.credits + excluded.credits,
            entries = balance.entries + excluded.entries
        RETURNING merchant_id, entries - checkpoint_entries AS since_checkpoint
      )
      UPDATE closing AS c
      SET closed_until = b.until_at, next_at = b.until_at, next_id = b.until_id,
          blocks = b.n, entries = c.entries + b.entries, head_hash = b.hash
      FROM block AS b
      RETURNING (SELECT array_agg(DISTINCT merchant_id) FROM moved WHERE since_checkpoint >= ?)
                  AS due
      """;

  private static final String CHECKPOINT =
      """
      WITH due AS (
        UPDATE closed_balance
        SET checkpoint_entries = entries
        WHERE merchant_id = ANY (?)
        RETURNING merchant_id, account, currency, debits, credits, entries
      )
      INSERT INTO account_checkpoint (merchant_id, account, currency, at, debits, credits, entries)
      SELECT merchant_id, account, currency, ?::timestamptz, debits, credits, entries
      FROM due
      """;

  /** What one step did. */
  public enum Step {
    /** Someone else is at it. */
    BUSY,
    /** The time that comes next has its number. */
    NUMBERED,
    /** A transaction from before is still under way. */
    WAITING,
    /** A block is closed, and there is more. */
    SEALED,
    /** All is closed up to a time that is a step back, and the next time is set. */
    CLOSED
  }

  /** A place between entries, as the database writes it. */
  private record Place(String at, String id) {}

  private record Slice(String closedUntil, Place next, String postedFrom) {}

  private final DataSource dataSource;
  private final int blockEntries;
  private final int checkpointEntries;

  public Closer(DataSource dataSource) {
    this(dataSource, BLOCK_ENTRIES, CHECKPOINT_ENTRIES);
  }

  /**
   * With other sizes.
   *
   * @param blockEntries in one block, at most
   * @param checkpointEntries of an account between two checkpoints, about
   */
  public Closer(DataSource dataSource, int blockEntries, int checkpointEntries) {
    this.dataSource = dataSource;
    this.blockEntries = blockEntries;
    this.checkpointEntries = checkpointEntries;
  }

  /**
   * Closes what can be closed now: in quiet times everything that was posted before the call.
   *
   * @param atMost begins no step after this time
   * @return what the last step did
   */
  public Step close(Duration atMost) throws SQLException {
    long began = System.nanoTime();
    int closed = 0;
    Step step;
    do {
      step = step();
      closed += step == Step.CLOSED ? 1 : 0;
      // The first time closes up to where the last call ended, the second up to this one.
    } while (step != Step.BUSY
        && step != Step.WAITING
        && closed < 2
        && System.nanoTime() - began < atMost.toNanos());
    return step;
  }

  /** One transaction of two to five statements. */
  public Step step() throws SQLException {
    return Transactions.run(dataSource, this::step);
  }

  private Step step(Connection connection) throws SQLException {
    Slice slice;
    try (PreparedStatement statement = connection.prepareStatement(LOCK);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Step.BUSY;
      }
      if (row.getBoolean("unnumbered")) {
        run(connection, NUMBER);
        return Step.NUMBERED;
      }
      if (!row.getBoolean("settled")) {
        return Step.WAITING;
      }
      slice =
          new Slice(
              row.getString("closed_until"),
              new Place(row.getString("next_at"), row.getString("next_id")),
              row.getString("posted_from"));
    }
    Optional<Place> edge = edge(connection, slice);
    seal(connection, slice, edge.orElse(new Place(slice.postedFrom(), ZERO)));
    if (edge.isPresent()) {
      return Step.SEALED;
    }
    run(connection, ADVANCE);
    return Step.CLOSED;
  }

  private Optional<Place> edge(Connection connection, Slice slice) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EDGE)) {
      statement.setString(1, ZERO);
      statement.setString(2, slice.closedUntil());
      statement.setString(3, slice.postedFrom());
      statement.setString(4, slice.next().at());
      statement.setString(5, slice.next().id());
      statement.setInt(6, blockEntries);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Place(row.getString("at"), row.getString("id")))
            : Optional.empty();
      }
    }
  }

  private void seal(Connection connection, Slice slice, Place until) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SEAL)) {
      statement.setString(1, slice.closedUntil());
      statement.setString(2, until.at());
      statement.setString(3, slice.next().at());
      statement.setString(4, slice.next().id());
      statement.setString(5, until.at());
      statement.setString(6, until.id());
      statement.setString(7, until.at());
      statement.setString(8, until.id());
      statement.setInt(9, checkpointEntries);
      try (ResultSet row = statement.executeQuery()) {
        Array due = row.next() ? row.getArray("due") : null;
        // Sums that end among the entries of one instant are of no instant.
        if (due != null && until.id().equals(ZERO)) {
          checkpoint(connection, due, until.at());
        }
      }
    }
  }

  private static void checkpoint(Connection connection, Array merchants, String at)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHECKPOINT)) {
      statement.setArray(1, merchants);
      statement.setString(2, at);
      statement.executeUpdate();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }
}
