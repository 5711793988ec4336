package io.onceledger.core.reconciliation;

import io.onceledger.core.database.Transactions;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Asks for runs and shows them. A run is only written down here; a worker makes it. Needs the
 * operator role.
 */
public final class Reconciliations {

  /** The day is over in no place before it has begun in UTC: reports are made by UTC days. */
  private static final String IS_FUTURE = "SELECT ? > (now() AT TIME ZONE 'UTC')::date";

  private static final String RETRY =
      """
      UPDATE reconciliation
      SET due_at = now()
      WHERE date = ? AND finished_at IS NULL AND state = 'failed'
      """;

  private static final String OPEN =
      """
      SELECT id
      FROM reconciliation
      WHERE date = ? AND finished_at IS NULL
      """;

  private static final String ADD =
      """
      INSERT INTO reconciliation (id, date, requested_by)
      VALUES (?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String READ =
      """
      SELECT r.*, i.lines, i.imported, i.duplicates, i.rejected, i.sha256,
             (
               SELECT count(*)
               FROM reconciliation_difference AS d
               WHERE d.date = r.date AND d.resolved_at IS NULL
             ) AS open
      FROM reconciliation AS r
      LEFT JOIN settlement_import AS i ON i.id = r.import_id
      WHERE %s
      """;

  private static final String ONE = READ.formatted("r.id = ?");

  private static final String PAGE =
      READ.formatted(
          """
          (r.created_at, r.id) < (?, ?)
          ORDER BY r.created_at DESC, r.id DESC
          LIMIT ?
          """);

  private static final String REJECTIONS =
      """
      SELECT line, reason
      FROM settlement_rejection
      WHERE import_id = ?
      ORDER BY line
      LIMIT ?
      """;

  /** Above every id. */
  private static final UUID LAST_ID = new UUID(-1, -1);

  /** A line of the file that was not imported, and why. */
  public record Rejection(long line, String reason) {}

  private final DataSource dataSource;

  public Reconciliations(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * The run of {@code date}: the one that is not finished, which is tried at once should it have
   * failed, or a new one. Empty when the day has not begun yet, in UTC and by the database's clock.
   *
   * @param by the operator's key
   */
  public Optional<Run> request(LocalDate date, UUID by) throws SQLException {
    return Transactions.run(
        dataSource,
        connection -> {
          if (isFuture(connection, date)) {
            return Optional.empty();
          }
          // Asked for first: a worker may hold the open one for minutes, and an insert would wait.
          UUID id = open(connection, date);
          if (id == null) {
            id = add(connection, date, by);
          }
          return find(connection, id);
        });
  }

  /** The run with this id. */
  public Optional<Run> find(UUID id) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return find(connection, id);
    }
  }

  /** The runs after {@code position}, the newest first. */
  public Page<Run> page(Optional<Position> position, int limit) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(PAGE)) {
      statement.setObject(
          1, position.map(at -> at.time().atOffset(ZoneOffset.UTC)).orElse(OffsetDateTime.MAX));
      statement.setObject(2, position.map(Position::id).orElse(LAST_ID));
      statement.setInt(3, limit + 1);
      try (ResultSet rows = statement.executeQuery()) {
        List<Run> runs = new ArrayList<>();
        while (rows.next()) {
          runs.add(Run.read(rows));
        }
        return Page.of(runs, limit, run -> new Position(run.createdAt(), run.id()));
      }
    }
  }

  /** The first rejections of the report that {@code run} has read, at most {@code limit}. */
  public List<Rejection> rejections(Run run, int limit) throws SQLException {
    if (run.report() == null || run.report().rejected() == 0) {
      return List.of();
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(REJECTIONS)) {
      statement.setObject(1, run.report().importId());
      statement.setInt(2, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<Rejection> rejections = new ArrayList<>();
        while (rows.next()) {
          rejections.add(new Rejection(rows.getLong("line"), rows.getString("reason")));
        }
        return rejections;
      }
    }
  }

  private static boolean isFuture(Connection connection, LocalDate date) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_FUTURE)) {
      statement.setObject(1, date);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static UUID open(Connection connection, LocalDate date) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RETRY)) {
      statement.setObject(1, date);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setObject(1, date);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getObject(1, UUID.class) : null;
      }
    }
  }

  private static UUID add(Connection connection, LocalDate date, UUID by) throws SQLException {
    UUID id = PublicId.next();
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setObject(1, id);
      statement.setObject(2, date);
      statement.setObject(3, by);
      if (statement.executeUpdate() == 1) {
        return id;
      }
    }
    // Somebody else has just asked for it, and has committed: the insert has waited for that.
    return open(connection, date);
  }

  private static Optional<Run> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ONE)) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(Run.read(row)) : Optional.empty();
      }
    }
  }
}
