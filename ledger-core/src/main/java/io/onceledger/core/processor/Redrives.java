package io.onceledger.core.processor;

import io.onceledger.core.database.Transactions;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.OutboxMessages;
import io.onceledger.core.outbox.OutboxMessages.PutBack;
import io.onceledger.core.outbox.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Sends parked messages back to work: to be looked up, or, where no attempt can have acted, to be
 * sent. The charge or refund stays in review until an outcome is recorded; if it still cannot be
 * found out, the message is parked again under the same review. One transaction of five statements,
 * which locks nothing but the message. Needs the operator role.
 */
public final class Redrives {

  /** One probe of the primary keys per merchant: no index begins with these ids. */
  private static final String FIND =
      """
      SELECT m.id AS merchant_id, coalesce(r.charge_id, c.id) AS charge_id, r.id AS refund_id,
             coalesce(r.status, c.status) AS status, o.step
      FROM merchant AS m
      LEFT JOIN charge AS c ON c.merchant_id = m.id AND c.id = ?
      LEFT JOIN refund AS r ON r.merchant_id = m.id AND r.id = ?
      LEFT JOIN outbox_message AS o
        ON o.merchant_id = m.id AND o.resource_id = coalesce(r.id, c.id)
      WHERE coalesce(r.id, c.id) IS NOT NULL
      """;

  private static final String REMEMBER =
      """
      INSERT INTO redrive (merchant_id, resource_id, redriven_at, redriven_by, step, note)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  /** What became of the wish. */
  public sealed interface Verdict {

    /** It is due now, and does {@code step} next. */
    record Redriven(Resource resource, String status, Step step, Instant at) implements Verdict {}

    /**
     * It is not parked.
     *
     * @param status of the charge or refund
     * @param step that the message is at; null when there is none any more
     */
    record Refused(String status, String step) implements Verdict {}
  }

  private record Found(Resource resource, String status, String step) {}

  private final DataSource dataSource;

  public Redrives(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Redrives the message of this charge or refund; empty when there is none.
   *
   * @param by the operator's key
   * @param note may be null
   */
  public Optional<Verdict> redrive(UUID id, UUID by, String note) throws SQLException {
    return Transactions.run(
        dataSource,
        connection -> {
          Optional<Found> found = find(connection, id);
          if (found.isEmpty()) {
            return Optional.empty();
          }
          Resource resource = found.get().resource();
          Optional<Instant> now = OutboxMessages.lockParked(connection, resource);
          if (now.isEmpty()) {
            return Optional.of(new Verdict.Refused(found.get().status(), found.get().step()));
          }
          Step step = putBack(connection, resource, now.get());
          remember(connection, resource, now.get(), by, step, note);
          return Optional.of(new Verdict.Redriven(resource, found.get().status(), step, now.get()));
        });
  }

  /** What has left us once is never sent by a redrive, only asked about. */
  private static Step putBack(Connection connection, Resource resource, Instant now)
      throws SQLException {
    boolean neverSent = Attempts.of(connection, resource).stream().noneMatch(Attempt::mayHaveActed);
    Step step = neverSent ? Step.SEND : Step.LOOK_UP;
    OutboxMessages.putBack(connection, List.of(new PutBack(resource, step, now, null, neverSent)));
    return step;
  }

  private static Optional<Found> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setObject(1, id);
      statement.setObject(2, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Found(
                    new Resource(
                        row.getObject("merchant_id", UUID.class),
                        row.getObject("charge_id", UUID.class),
                        row.getObject("refund_id", UUID.class)),
                    row.getString("status"),
                    row.getString("step")))
            : Optional.empty();
      }
    }
  }

  private static void remember(
      Connection connection, Resource resource, Instant now, UUID by, Step step, String note)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
      statement.setObject(1, resource.merchant());
      statement.setObject(2, resource.id());
      statement.setObject(3, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      statement.setObject(4, by);
      statement.setString(5, step.text());
      statement.setString(6, note);
      statement.executeUpdate();
    }
  }
}
