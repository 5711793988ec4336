package io.onceledger.core.processor;

import io.onceledger.core.database.Transactions;
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
 * sent. The charge stays in review until an outcome is recorded; if it still cannot be found out,
 * the message is parked again under the same review. One transaction of five statements, which
 * locks nothing but the message. Needs the operator role.
 */
public final class Redrives {

  /** One probe of the primary keys per merchant: no index begins with the charge. */
  private static final String FIND =
      """
      SELECT c.merchant_id, c.status, o.step
      FROM merchant AS m
      JOIN charge AS c ON c.merchant_id = m.id AND c.id = ?
      LEFT JOIN outbox_message AS o ON o.merchant_id = m.id AND o.resource_id = c.id
      """;

  private static final String REMEMBER =
      """
      INSERT INTO redrive (merchant_id, resource_id, redriven_at, redriven_by, step, note)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  /** What became of the wish. */
  public sealed interface Verdict {

    /** It is due now, and does {@code step} next. */
    record Redriven(UUID merchant, UUID charge, String status, Step step, Instant at)
        implements Verdict {}

    /**
     * It is not parked.
     *
     * @param status of the charge
     * @param step that the message is at; null when the charge has none any more
     */
    record Refused(String status, String step) implements Verdict {}
  }

  private record Found(UUID merchant, String status, String step) {}

  private final DataSource dataSource;

  public Redrives(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Redrives the message of this charge; empty when there is no such charge.
   *
   * @param by the operator's key
   * @param note may be null
   */
  public Optional<Verdict> redrive(UUID charge, UUID by, String note) throws SQLException {
    return Transactions.run(
        dataSource,
        connection -> {
          Optional<Found> found = find(connection, charge);
          if (found.isEmpty()) {
            return Optional.empty();
          }
          UUID merchant = found.get().merchant();
          Optional<Instant> now = OutboxMessages.lockParked(connection, merchant, charge);
          if (now.isEmpty()) {
            return Optional.of(new Verdict.Refused(found.get().status(), found.get().step()));
          }
          Step step = putBack(connection, merchant, charge, now.get());
          remember(connection, merchant, charge, now.get(), by, step, note);
          return Optional.of(
              new Verdict.Redriven(merchant, charge, found.get().status(), step, now.get()));
        });
  }

  /** What has left us once is never sent by a redrive, only asked about. */
  private static Step putBack(Connection connection, UUID merchant, UUID charge, Instant now)
      throws SQLException {
    boolean neverSent =
        Attempts.of(connection, merchant, charge).stream().noneMatch(Attempt::mayHaveActed);
    Step step = neverSent ? Step.SEND : Step.LOOK_UP;
    OutboxMessages.putBack(
        connection, List.of(new PutBack(merchant, charge, step, now, neverSent)));
    return step;
  }

  private static Optional<Found> find(Connection connection, UUID charge) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setObject(1, charge);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Found(
                    row.getObject("merchant_id", UUID.class),
                    row.getString("status"),
                    row.getString("step")))
            : Optional.empty();
      }
    }
  }

  private static void remember(
      Connection connection,
      UUID merchant,
      UUID charge,
      Instant now,
      UUID by,
      Step step,
      String note)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
      statement.setObject(1, merchant);
      statement.setObject(2, charge);
      statement.setObject(3, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      statement.setObject(4, by);
      statement.setString(5, step.text());
      statement.setString(6, note);
      statement.executeUpdate();
    }
  }
}
