package io.onceledger.core.backlog;

import io.onceledger.core.charge.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What is still to be done, in figures to watch. One statement, and so one instant; it reads the
 * outbox and the charges and refunds in it, each of which is open, the open reviews, and what the
 * processor told that does not fit. Needs the operator role.
 */
public final class Backlog {

  private static final String READ =
      """
      SELECT depth, parked,
             age_seconds(outbox_since) AS outbox_age,
             age_seconds(pending_since) AS pending_age,
             age_seconds(unknown_since) AS unknown_age,
             age_seconds(needs_review_since) AS needs_review_age,
             reviews,
             age_seconds(review_since) AS review_age,
             mismatches, waiting_disputes
      FROM (
        SELECT count(*) AS depth,
               count(*) FILTER (WHERE step = 'parked') AS parked,
               min(created_at) FILTER (WHERE step <> 'parked') AS outbox_since,
               min(updated_at) FILTER (WHERE status = 'pending') AS pending_since,
               min(updated_at) FILTER (WHERE status = 'unknown') AS unknown_since,
               min(updated_at) FILTER (WHERE status = 'needs_review') AS needs_review_since
        FROM (
          SELECT m.step, m.created_at, coalesce(r.status, c.status) AS status,
                 coalesce(r.updated_at, c.updated_at) AS updated_at
          FROM outbox_message AS m
          LEFT JOIN charge AS c ON c.merchant_id = m.merchant_id AND c.id = m.resource_id
          LEFT JOIN refund AS r ON r.merchant_id = m.merchant_id AND r.id = m.resource_id
        ) AS open_resource
      ) AS outbox,
      (
        SELECT count(*) AS reviews, min(opened_at) AS review_since
        FROM review
        WHERE resolved_at IS NULL
      ) AS open_reviews,
      (
        SELECT count(*) AS mismatches
        FROM inbox_message
        WHERE finding = 'mismatch'
      ) AS inbox,
      (
        SELECT count(*) AS waiting_disputes
        FROM dispute
        WHERE status = 'waiting'
      ) AS disputes
      """;

  /** The statuses that a charge or a refund does not stay in. */
  public static final List<Status> OPEN =
      List.of(Status.PENDING, Status.UNKNOWN, Status.NEEDS_REVIEW);

  /**
   * The figures at one instant. Ages are seconds, 0 where nothing waits.
   *
   * @param outboxAge of the oldest message that is not parked, since its acceptance
   * @param statusAge of the charge or refund that has been in each open status for the longest time
   * @param mismatches notifications that contradicted what we know, ever
   * @param waitingDisputes those whose opening has not been told, or whose charge has not succeeded
   */
  public record Figures(
      long outboxDepth,
      long outboxParked,
      long outboxAge,
      Map<Status, Long> statusAge,
      long openReviews,
      long reviewAge,
      long mismatches,
      long waitingDisputes) {}

  private final DataSource dataSource;

  public Backlog(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The figures now. */
  public Figures read() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Figures(
          row.getLong("depth"),
          row.getLong("parked"),
          row.getLong("outbox_age"),
          Map.of(
              Status.PENDING, row.getLong("pending_age"),
              Status.UNKNOWN, row.getLong("unknown_age"),
              Status.NEEDS_REVIEW, row.getLong("needs_review_age")),
          row.getLong("reviews"),
          row.getLong("review_age"),
          row.getLong("mismatches"),
          row.getLong("waiting_disputes"));
    }
  }
}
