package io.onceledger.core.processor;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.processor.NextStep.Park;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Asks a person to decide. One statement in the caller's transaction. */
final class Reviews {

  private static final String OPEN =
      """
      INSERT INTO review (merchant_id, id, charge_id, opened_at, reason)
      SELECT merchant_id, id, charge_id, now(), reason
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[])
        AS r (merchant_id, id, charge_id, reason)
      """;

  private record Review(Result result, String reason) {}

  private Reviews() {}

  /** Opens a review for each result that parks its message. */
  static void open(Connection connection, List<Result> results) throws SQLException {
    List<Review> reviews =
        results.stream()
            .filter(result -> result.next() instanceof Park)
            .map(result -> new Review(result, ((Park) result.next()).reason()))
            .toList();
    if (reviews.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      new ColumnArrays<>(statement, reviews)
          .uuids(review -> review.result().claim().merchant())
          .uuids(review -> PublicId.next())
          .uuids(review -> review.result().claim().resource())
          .texts(Review::reason);
      statement.executeUpdate();
    }
  }
}
