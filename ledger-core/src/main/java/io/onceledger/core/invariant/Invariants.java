package io.onceledger.core.invariant;

import io.onceledger.core.database.Instants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Reads what is wrong, in one statement and so at one instant: what a {@link Checker} keeps, or all
 * of it computed now. Needs the writer or the operator role.
 */
public final class Invariants {

  /** One answer holds at most so many violations: the first ones name the trouble. */
  private static final int SHOWN = 1_000;

  /**
   * What was kept longer ago than this is nobody's who still checks. A check is due each second.
   */
  private static final int STALE_SECONDS = 10;

  private static final String READ =
      """
      WITH violation AS MATERIALIZED (
        %s
      )
      SELECT %s,
             name, count(v.name) AS violations,
             coalesce((array_agg(v.detail ORDER BY v.detail) FILTER (WHERE v.name IS NOT NULL))[:%s],
                      '{}') AS details
      FROM ledger_check AS c
      FULL JOIN violation AS v USING (name)
      GROUP BY name
      ORDER BY name
      """;

  private static final String COMPUTE =
      READ.formatted(
          "SELECT name, detail FROM ledger_violation",
          "now() AS checked_at, now() AS swept_at",
          SHOWN);

  /** One range of keys each, but for the watch's one row. */
  private static final String KEPT =
      READ.formatted(
          """
          SELECT name, detail FROM violation_found
          UNION ALL
          TABLE closing_violation
          """,
          """
          (SELECT checked_at FROM invariant_watch) AS checked_at,
          (SELECT min(round_began_at) FROM invariant_sweep) AS swept_at
          """,
          SHOWN);

  /** Before the first round has ended nobody can say that nothing is wrong. */
  private static final String IS_KEPT =
      """
      SELECT coalesce(abs(extract(epoch FROM now() - checked_at)) < %s, false)
               AND NOT EXISTS (SELECT FROM invariant_sweep WHERE round_began_at IS NULL)
      FROM invariant_watch
      """
          .formatted(STALE_SECONDS);

  /** How often a rule is broken now. */
  public record Check(String name, long violations) {}

  /** One thing that is wrong. */
  public record Violation(String name, String detail) {}

  /**
   * What is wrong.
   *
   * @param checkedAt what was booked until shortly before then has been checked
   * @param sweptAt what was wrong then, however old, has been found
   */
  public record Report(
      Instant checkedAt, Instant sweptAt, List<Check> checks, List<Violation> violations) {}

  private final DataSource dataSource;

  public Invariants(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What the workers keep; computed now when none of them checks. */
  public Report read() throws SQLException {
    return isKept() ? read(KEPT) : compute();
  }

  /** Checks every rule now. Cost: the tables, once. */
  public Report compute() throws SQLException {
    return read(COMPUTE);
  }

  /** What the workers keep, however old. */
  public Report kept() throws SQLException {
    return read(KEPT);
  }

  private boolean isKept() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(IS_KEPT);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private Report read(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      Instant checkedAt = null;
      Instant sweptAt = null;
      List<Check> checks = new ArrayList<>();
      List<Violation> violations = new ArrayList<>();
      while (rows.next()) {
        checkedAt = Instants.read(rows, "checked_at");
        sweptAt = Instants.read(rows, "swept_at");
        String name = rows.getString("name");
        checks.add(new Check(name, rows.getLong("violations")));
        for (String detail : (String[]) rows.getArray("details").getArray()) {
          violations.add(new Violation(name, detail));
        }
      }
      return new Report(checkedAt, sweptAt, checks, violations);
    }
  }
}
