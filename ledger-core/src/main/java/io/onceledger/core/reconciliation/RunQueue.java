package io.onceledger.core.reconciliation;

import io.onceledger.core.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Hands runs to workers, one at a time among all of them, and takes them back. A run whose worker
 * has died is due again when its lease ends; its next worker begins anew, which costs time and
 * changes nothing. Needs the writer role.
 */
public final class RunQueue {

  /** Held while a run is claimed, and while one compares: it ends with its transaction. */
  private static final long ONE_AT_A_TIME = 7_236_283_351L;

  /** Half a day at the longest pause: a report that has not come by then needs a person. */
  static final int MOST_ATTEMPTS = 48;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  private static final int LONGEST_FAILURE = 500;

  /**
   * What was written down later than now was written by a clock that was ahead, and may have been
   * made before its day was over: it is made again when it is. One that a person has asked for in
   * the meantime comes first. The clock itself is asked: another worker may have written one since
   * this transaction began.
   */
  private static final String PUT_OFF =
      """
      UPDATE reconciliation AS r
      SET state = 'failed',
          failure = 'The clock was ahead when it was made',
          created_at = now(),
          started_at = NULL,
          finished_at = NULL,
          attempts = 0,
          due_at = (date + 1 + ? * interval '1 second') AT TIME ZONE 'UTC',
          fence = fence + 1
      WHERE requested_by IS NULL AND created_at > clock_timestamp()
        AND NOT EXISTS (
          SELECT
          FROM reconciliation AS other
          WHERE other.date = r.date AND other.id <> r.id AND other.finished_at IS NULL)
      """;

  /** Days that no worker was there for are made up for, a month of them at most. */
  private static final String SCHEDULE =
      """
      WITH today AS (
        SELECT date_trunc('day', now() AT TIME ZONE 'UTC') AS start,
               now() AT TIME ZONE 'UTC' AS now
      )
      INSERT INTO reconciliation (id, date)
      SELECT gen_random_uuid(), day::date
      FROM today
      CROSS JOIN LATERAL generate_series(
        greatest(
          coalesce(
            (SELECT max(date) + 1 FROM reconciliation WHERE requested_by IS NULL),
            start - interval '1 day'),
          start - interval '30 days'),
        start - interval '1 day',
        interval '1 day') AS day
      WHERE now >= start + ? * interval '1 second'
      ON CONFLICT DO NOTHING
      """;

  private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(?)";

  private static final String LOCK = "SELECT pg_advisory_xact_lock(?)";

  /** Two claimers miss each other by the advisory lock, and afterwards by the running row. */
  private static final String CLAIM =
      """
      UPDATE reconciliation
      SET state = 'running',
          started_at = coalesce(started_at, now()),
          due_at = now() + ? * interval '1 millisecond',
          fence = fence + 1,
          attempts = attempts + 1,
          failure = NULL
      WHERE id = (
        SELECT id
        FROM reconciliation
        WHERE finished_at IS NULL AND due_at <= now()
          AND NOT EXISTS (
            SELECT
            FROM reconciliation
            WHERE state = 'running' AND due_at > now())
        ORDER BY due_at, id
        LIMIT 1
        FOR UPDATE SKIP LOCKED)
      RETURNING id, date, fence, attempts
      """;

  private static final String HOLD =
      """
      UPDATE reconciliation
      SET due_at = now() + ? * interval '1 millisecond', healed = healed + ?
      WHERE id = ? AND fence = ? AND state = 'running'
      """;

  private static final String IMPORTING =
      """
      UPDATE reconciliation
      SET import_id = ?
      WHERE id = ? AND fence = ? AND state = 'running'
      """;

  private static final String COMPLETE =
      """
      UPDATE reconciliation
      SET state = 'completed', finished_at = now()
      WHERE id = ? AND fence = ? AND state = 'running'
      """;

  private static final String FAIL =
      """
      UPDATE reconciliation
      SET state = 'failed', failure = ?,
          due_at = now() + ? * interval '1 millisecond',
          finished_at = CASE WHEN attempts >= ? THEN now() END
      WHERE id = ? AND fence = ? AND state = 'running'
      """;

  private static final String RELEASE =
      """
      UPDATE reconciliation
      SET state = 'queued', due_at = now(), fence = fence + 1
      WHERE id = ? AND fence = ? AND state = 'running'
      """;

  private final DataSource dataSource;
  private final Duration lease;

  /** A queue whose runs are taken over after {@code lease} without a sign of life. */
  public RunQueue(DataSource dataSource, Duration lease) {
    this.dataSource = dataSource;
    this.lease = lease;
  }

  /**
   * Adds the daily runs of yesterday, and of earlier days that were left out, once it is {@code at}
   * (UTC, by the database's clock). Adds nothing that is there. When that clock has gone back, the
   * runs that it made too early are put off until it is that time again.
   *
   * @return how many were added
   */
  public int schedule(LocalTime at) throws SQLException {
    return Transactions.run(
        dataSource,
        connection -> {
          schedule(connection, PUT_OFF, at);
          return schedule(connection, SCHEDULE, at);
        });
  }

  private static int schedule(Connection connection, String sql, LocalTime at) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, at.toSecondOfDay());
      return statement.executeUpdate();
    }
  }

  /** The next run that is due; empty when there is none, or another one is being made. */
  public Optional<ClaimedRun> claim() throws SQLException {
    return Transactions.run(
        dataSource,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(TRY_LOCK)) {
            statement.setLong(1, ONE_AT_A_TIME);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getBoolean(1) ? claim(connection) : Optional.empty();
            }
          }
        });
  }

  private Optional<ClaimedRun> claim(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setLong(1, lease.toMillis());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ClaimedRun(
                    row.getObject("id", UUID.class),
                    row.getObject("date", LocalDate.class),
                    row.getLong("fence"),
                    row.getInt("attempts")))
            : Optional.empty();
      }
    }
  }

  /**
   * Renews the lease in the caller's transaction.
   *
   * @throws RunLostException when the run has another worker by now
   */
  void hold(Connection connection, ClaimedRun run) throws SQLException {
    hold(connection, run, 0);
  }

  /** As {@link #hold(Connection, ClaimedRun)}, and counts what was healed. */
  void hold(Connection connection, ClaimedRun run, int healed) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
      statement.setLong(1, lease.toMillis());
      statement.setInt(2, healed);
      statement.setObject(3, run.id());
      statement.setLong(4, run.fence());
      requireOne(statement, run);
    }
  }

  /**
   * As {@link #hold(Connection, ClaimedRun)}, until the transaction ends however long it takes:
   * nobody claims a run before it does.
   */
  void holdThroughout(Connection connection, ClaimedRun run) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setLong(1, ONE_AT_A_TIME);
      statement.execute();
    }
    hold(connection, run);
  }

  /** The run reads its report by this import. */
  void importing(Connection connection, ClaimedRun run, UUID importId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IMPORTING)) {
      statement.setObject(1, importId);
      statement.setObject(2, run.id());
      statement.setLong(3, run.fence());
      requireOne(statement, run);
    }
  }

  /** The run is done. */
  void complete(Connection connection, ClaimedRun run) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
      statement.setObject(1, run.id());
      statement.setLong(2, run.fence());
      requireOne(statement, run);
    }
  }

  /** The run came to nothing: it is tried again after a while, unless that was the last time. */
  public void fail(ClaimedRun run, String failure) throws SQLException {
    Transactions.run(
        dataSource,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FAIL)) {
            statement.setString(
                1, failure.substring(0, Math.min(failure.length(), LONGEST_FAILURE)));
            statement.setLong(2, pauseAfter(run.attempt()).toMillis());
            statement.setInt(3, MOST_ATTEMPTS);
            statement.setObject(4, run.id());
            statement.setLong(5, run.fence());
            return statement.executeUpdate();
          }
        });
  }

  /** The worker stops: whoever comes next may begin at once. */
  public void release(ClaimedRun run) throws SQLException {
    Transactions.run(
        dataSource,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setObject(1, run.id());
            statement.setLong(2, run.fence());
            return statement.executeUpdate();
          }
        });
  }

  /** Twice as long each time, up to a bound. */
  static Duration pauseAfter(int attempt) {
    // Beyond ten doublings it is the bound.
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static void requireOne(PreparedStatement statement, ClaimedRun run) throws SQLException {
    if (statement.executeUpdate() != 1) {
      throw new RunLostException(run);
    }
  }
}
