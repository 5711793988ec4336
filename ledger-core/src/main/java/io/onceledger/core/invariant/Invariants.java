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

/** Reads what is wrong, in one statement and so at one instant. Needs the writer role. */
public final class Invariants {

  /** One answer holds at most so many violations: the first ones name the trouble. */
  private static final int SHOWN = 1_000;

  private static final String CHECK =
      """
      WITH violation AS MATERIALIZED (
        SELECT name, detail FROM ledger_violation
      )
      SELECT now() AS checked_at, name, count(v.name) AS violations,
             coalesce((array_agg(v.detail ORDER BY v.detail) FILTER (WHERE v.name IS NOT NULL))[:%s],
                      '{}') AS details
      FROM ledger_check AS c
      FULL JOIN violation AS v USING (name)
      GROUP BY name
      ORDER BY name
      """
          .formatted(SHOWN);

  /** How often a rule is broken now. */
  public record Check(String name, long violations) {}

  /** One thing that is wrong. */
  public record Violation(String name, String detail) {}

  /** What one look found. */
  public record Report(Instant checkedAt, List<Check> checks, List<Violation> violations) {}

  private final DataSource dataSource;

  public Invariants(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Checks every rule now. Cost: the tables, once. */
  public Report check() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(CHECK);
        ResultSet rows = statement.executeQuery()) {
      Instant checkedAt = null;
      List<Check> checks = new ArrayList<>();
      List<Violation> violations = new ArrayList<>();
      while (rows.next()) {
        checkedAt = Instants.read(rows, "checked_at");
        String name = rows.getString("name");
        checks.add(new Check(name, rows.getLong("violations")));
        for (String detail : (String[]) rows.getArray("details").getArray()) {
          violations.add(new Violation(name, detail));
        }
      }
      return new Report(checkedAt, checks, violations);
    }
  }
}
