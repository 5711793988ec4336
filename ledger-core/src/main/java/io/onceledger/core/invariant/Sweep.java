package io.onceledger.core.invariant;

import io.onceledger.core.database.Transactions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Checks all subjects of a part in turn, a slice in each transaction, round after round. Any number
 * of sweeps may run: they take turns by the lock of the part's row, and whoever does not get it
 * leaves. A slice is either some merchants whole or a stretch within one merchant: both are found
 * by primary keys, and have an upper limit of rows.
 */
final class Sweep {

  private static final String LOCK =
      """
      SELECT after_merchant, after_subject
      FROM invariant_sweep
      WHERE part = ?
      FOR UPDATE SKIP LOCKED
      """;

  private static final String MOVE =
      """
      UPDATE invariant_sweep
      SET after_merchant = ?, after_subject = ?, began_at = coalesce(began_at, now())
      WHERE part = ?
      """;

  /** An empty round began just now. */
  private static final String END_ROUND =
      """
      UPDATE invariant_sweep
      SET after_merchant = '00000000-0000-0000-0000-000000000000', after_subject = NULL,
          round_began_at = coalesce(began_at, now()), round_ended_at = clock_timestamp(),
          began_at = NULL
      WHERE part = ?
      """;

  /** How far one slice has come. */
  enum Progress {
    /** Someone else is at it. */
    BUSY,
    /** There is more. */
    WITHIN_ROUND,
    /** Everything has been checked since the round began. */
    ROUND_ENDED
  }

  private record Place(UUID merchant, String subject) {}

  private final DataSource dataSource;
  private final Part part;
  private final SliceQueries queries;

  /**
   * Sweeps a part.
   *
   * @param rows in one slice, at most, of each table; {@link Part.Source#share} times as many of
   *     some
   */
  Sweep(DataSource dataSource, Part part, int rows) {
    this.dataSource = dataSource;
    this.part = part;
    this.queries = new SliceQueries(part, rows);
  }

  /** Checks the next slice, in one transaction. */
  Progress slice() throws SQLException {
    return Transactions.run(dataSource, this::slice);
  }

  private Progress slice(Connection connection) throws SQLException {
    Place place;
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, part.code());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Progress.BUSY;
        }
        place =
            new Place(row.getObject("after_merchant", UUID.class), row.getString("after_subject"));
      }
    }
    return place.subject() == null ? next(connection, place.merchant()) : inside(connection, place);
  }

  private Progress inside(Connection connection, Place place) throws SQLException {
    String upTo;
    try (PreparedStatement statement = connection.prepareStatement(queries.inside())) {
      int parameter = 1;
      for (int i = 0; i < part.sources().size(); i++) {
        statement.setObject(parameter++, place.merchant());
        statement.setString(parameter++, place.subject());
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        upTo = row.getString("subject");
      }
    }
    check(connection, new UUID[] {place.merchant()}, place.subject(), upTo);
    return move(connection, new Place(place.merchant(), upTo));
  }

  private Progress next(Connection connection, UUID behind) throws SQLException {
    UUID cut;
    UUID[] merchants;
    try (PreparedStatement statement = connection.prepareStatement(queries.next())) {
      for (int i = 0; i < part.sources().size(); i++) {
        statement.setObject(i + 1, behind);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        cut = row.getObject("cut", UUID.class);
        merchants = (UUID[]) row.getArray("merchants").getArray();
      }
    }
    if (merchants.length == 0 && cut != null) {
      return inside(connection, new Place(cut, part.least()));
    }
    if (merchants.length > 0) {
      check(connection, merchants, null, null);
    }
    if (cut != null) {
      return move(connection, new Place(merchants[merchants.length - 1], null));
    }
    try (PreparedStatement statement = connection.prepareStatement(END_ROUND)) {
      statement.setString(1, part.code());
      statement.executeUpdate();
    }
    return Progress.ROUND_ENDED;
  }

  /** A bound that is null is none. */
  private void check(Connection connection, UUID[] merchants, String after, String upTo)
      throws SQLException {
    String bounds =
        (after == null ? "" : " AND subject > ?::%1$s")
            + (upTo == null ? "" : " AND subject <= ?::%1$s");
    String range = "merchant_id = ANY (?)" + bounds;
    String sql =
        Findings.keep(
            "",
            part.code(),
            "SELECT * FROM %s WHERE %s".formatted(part.view(), range.formatted(part.type())),
            range.formatted("text"));
    Array array = connection.createArrayOf("uuid", merchants);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (int i = 0; i < 2; i++) {
        statement.setArray(parameter++, array);
        if (after != null) {
          statement.setString(parameter++, after);
        }
        if (upTo != null) {
          statement.setString(parameter++, upTo);
        }
      }
      statement.executeUpdate();
    } finally {
      array.free();
    }
  }

  private Progress move(Connection connection, Place place) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setObject(1, place.merchant());
      statement.setString(2, place.subject());
      statement.setString(3, part.code());
      statement.executeUpdate();
    }
    return Progress.WITHIN_ROUND;
  }
}
