package io.onceledger.core.reconciliation;

import io.onceledger.core.database.Transactions;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads differences of all merchants, and explains them. Needs the operator role. */
public final class Differences {

  private static final String READ =
      """
      SELECT *,
             floor(extract(epoch FROM coalesce(resolved_at, now()) - first_seen))::bigint
               AS age_seconds
      FROM reconciliation_difference
      WHERE %s
      """;

  private static final String ONE = READ.formatted("id = ? AND date = ?");

  /** A parameter that is NULL filters nothing. */
  private static final String PAGE =
      READ.formatted(
          """
          date = ?
            AND kind = coalesce(?, kind)
            AND (resolved_at IS NULL) = coalesce(?, resolved_at IS NULL)
            AND (first_seen, id) < (?, ?)
          ORDER BY first_seen DESC, id DESC
          LIMIT ?
          """);

  /** What is explained already stays: its author is in the row. */
  private static final String RESOLVE =
      """
      UPDATE reconciliation_difference
      SET resolved_at = now(), resolved_by = ?, note = ?
      WHERE id = ? AND date = ? AND resolved_at IS NULL
      """;

  private static final String BACKLOG =
      """
      SELECT kind, count(*) AS open, age_seconds(min(first_seen)) AS age
      FROM reconciliation_difference
      WHERE resolved_at IS NULL
      GROUP BY kind
      """;

  /** Above every id. */
  private static final UUID LAST_ID = new UUID(-1, -1);

  /**
   * What is open of one kind.
   *
   * @param age of the oldest in seconds; 0 when none is open
   */
  public record Backlog(long open, long age) {}

  private final DataSource dataSource;

  public Differences(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Those of {@code filter} after {@code position}, the newest first. */
  public Page<Difference> page(DifferenceFilter filter, Optional<Position> position, int limit)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setObject(1, filter.date());
      statement.setString(2, filter.kind().map(DifferenceKind::text).orElse(null));
      statement.setObject(
          3,
          filter.state().map(state -> state == DifferenceFilter.State.OPEN).orElse(null),
          java.sql.Types.BOOLEAN);
      statement.setObject(
          4, position.map(at -> at.time().atOffset(ZoneOffset.UTC)).orElse(OffsetDateTime.MAX));
      statement.setObject(5, position.map(Position::id).orElse(LAST_ID));
      statement.setInt(6, limit + 1);
      try (ResultSet rows = statement.executeQuery()) {
        List<Difference> differences = new ArrayList<>();
        while (rows.next()) {
          differences.add(Difference.read(rows));
        }
        return Page.of(
            differences,
            limit,
            difference -> new Position(difference.firstSeen(), difference.id()));
      }
    }
  }

  /**
   * Closes a difference of the run's date with the operator's explanation, unless it is closed.
   *
   * @param by the operator's key
   * @return as it is now; empty when there is none
   */
  public Optional<Difference> resolve(Run run, UUID id, String note, UUID by) throws SQLException {
    return Transactions.run(
        dataSource,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RESOLVE)) {
            statement.setObject(1, by);
            statement.setString(2, note);
            statement.setObject(3, id);
            statement.setObject(4, run.date());
            statement.executeUpdate();
          }
          try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            statement.setObject(1, id);
            statement.setObject(2, run.date());
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(Difference.read(row)) : Optional.empty();
            }
          }
        });
  }

  /** What is open now, of every kind. One statement over what is open. */
  public Map<DifferenceKind, Backlog> backlog() throws SQLException {
    Map<DifferenceKind, Backlog> backlog = new EnumMap<>(DifferenceKind.class);
    for (DifferenceKind kind : DifferenceKind.values()) {
      backlog.put(kind, new Backlog(0, 0));
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(BACKLOG);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        backlog.put(
            DifferenceKind.parse(rows.getString("kind")).orElseThrow(),
            new Backlog(rows.getLong("open"), rows.getLong("age")));
      }
      return backlog;
    }
  }
}
