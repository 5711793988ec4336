package io.onceledger.core.review;

import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Reads reviews of all merchants, one statement each. Needs the operator role. */
public final class Reviews {

  private static final String READ =
      """
      SELECT r.id, r.merchant_id, r.charge_id, r.refund_id, r.reason, r.opened_at, r.resolved_at,
             r.decision, r.processor_payment, r.note, r.resolved_by,
             coalesce(rf.status, c.status) AS status, coalesce(rf.amount, c.amount) AS amount,
             c.currency,
             floor(extract(epoch FROM coalesce(r.resolved_at, now()) - r.opened_at))::bigint
               AS age_seconds
      FROM review AS r
      JOIN charge AS c ON c.merchant_id = r.merchant_id AND c.id = r.charge_id
      LEFT JOIN refund AS rf ON rf.merchant_id = r.merchant_id AND rf.id = r.refund_id
      WHERE %s
      """;

  private static final String ONE = READ.formatted("r.id = ?");

  private static final String PAGE =
      READ.formatted(
          """
          r.resolved_at IS %s AND (r.opened_at, r.id) < (?, ?)
          ORDER BY r.opened_at DESC, r.id DESC
          LIMIT ?
          """);

  /** Above every id. */
  private static final UUID LAST_ID = new UUID(-1, -1);

  /** Which of them. */
  public enum Filter {
    OPEN("NULL"),
    RESOLVED("NOT NULL");

    private final String page;

    Filter(String resolvedAt) {
      page = PAGE.formatted(resolvedAt);
    }

    /** The filter that {@code text} names; empty for anything else. */
    public static Optional<Filter> parse(String text) {
      return Stream.of(values())
          .filter(filter -> filter.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst();
    }
  }

  private final DataSource dataSource;

  public Reviews(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Those of {@code filter} after {@code position}, the newest first. */
  public Page<Review> page(Filter filter, Optional<Position> position, int limit)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(filter.page)) {
      statement.setObject(
          1, position.map(at -> at.time().atOffset(ZoneOffset.UTC)).orElse(OffsetDateTime.MAX));
      statement.setObject(2, position.map(Position::id).orElse(LAST_ID));
      statement.setInt(3, limit + 1);
      try (ResultSet rows = statement.executeQuery()) {
        List<Review> reviews = new ArrayList<>();
        while (rows.next()) {
          reviews.add(Review.read(rows));
        }
        return Page.of(reviews, limit, review -> new Position(review.openedAt(), review.id()));
      }
    }
  }

  /** The review with this id, as the caller's transaction sees it now. */
  static Optional<Review> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ONE)) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(Review.read(row)) : Optional.empty();
      }
    }
  }
}
