package io.onceledger.core.backlog;

import io.onceledger.core.outbox.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Counts what waits in the outbox. One statement, and so one instant; it reads the outbox, once.
 * Needs the operator role.
 */
public final class OutboxDepth {

  private static final String READ =
      """
      SELECT step, count(*) AS messages,
             count(*) FILTER (WHERE claimed_at IS NOT NULL AND due_at > now()) AS in_flight,
             age_seconds(min(created_at)) AS oldest_age_seconds
      FROM outbox_message
      GROUP BY step
      """;

  /**
   * Messages at one step.
   *
   * @param inFlight those that a worker has under its lease
   * @param oldestAgeSeconds since its charge was accepted
   */
  public record Waiting(long messages, long inFlight, long oldestAgeSeconds) {}

  private final DataSource dataSource;

  public OutboxDepth(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What waits now, by step; steps that no message is at are absent. */
  public Map<Step, Waiting> read() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ);
        ResultSet rows = statement.executeQuery()) {
      Map<Step, Waiting> steps = new EnumMap<>(Step.class);
      while (rows.next()) {
        steps.put(
            Step.parse(rows.getString("step")),
            new Waiting(
                rows.getLong("messages"),
                rows.getLong("in_flight"),
                rows.getLong("oldest_age_seconds")));
      }
      return steps;
    }
  }
}
