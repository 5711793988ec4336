package io.onceledger.core.outbox;

import io.onceledger.core.database.Instants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The latest time that the database has told, and what happens when it tells an earlier one. */
public final class HighWater {

  /** A clock that has gone back by more than the skew is believed from then on. */
  private static final String RAISE_HIGH_WATER =
      """
      UPDATE clock_high_water AS h
      SET at = CASE
                 WHEN now() < old.at - ? * interval '1 millisecond' THEN now()
                 ELSE greatest(old.at, now())
               END
      FROM (SELECT at FROM clock_high_water FOR UPDATE) AS old
      RETURNING now() AS now, extract(epoch FROM old.at - now()) * 1000 AS behind_millis
      """;

  /**
   * In the order in which outcomes lock messages. What was due before the clock went back is left:
   * it is due still.
   */
  private static final String SET_BACK =
      """
      WITH before AS (
        SELECT merchant_id, resource_id
        FROM outbox_message
        WHERE (merchant_id, resource_id) > (?, ?) AND (first_sent_at IS NOT NULL OR due_at > now())
        ORDER BY merchant_id, resource_id
        LIMIT ?
        FOR UPDATE
      ),
      after AS (
        UPDATE outbox_message AS m
        SET due_at = m.due_at - t.back,
            claimed_at = m.claimed_at - t.back,
            attempt_ends_at = m.attempt_ends_at - t.back,
            first_sent_at = m.first_sent_at - t.back - t.unseen
        FROM before, (SELECT ? * interval '1 millisecond' AS back,
                             ? * interval '1 millisecond' AS unseen) AS t
        WHERE m.merchant_id = before.merchant_id AND m.resource_id = before.resource_id
      )
      SELECT merchant_id, resource_id
      FROM before
      ORDER BY merchant_id DESC, resource_id DESC
      LIMIT 1
      """;

  /**
   * Messages in one statement: a backlog of any length is set back, and none of its statements
   * takes longer than one may.
   */
  private static final int SLICE = 5_000;

  private static final UUID LEAST = new UUID(0, 0);

  private HighWater() {}

  /**
   * What the database says the time is.
   *
   * @param behind by how much that is less than the latest time it had told; not positive as long
   *     as its clock goes forward
   */
  public record ToldTime(Instant now, Duration behind) {}

  /**
   * Remembers the time that the database tells, if it is the latest so far.
   *
   * <p>When its clock has gone back by more than the skew, the times of all messages go back with
   * it: what has been under way for an hour stays an hour old, and no window opens again. It may
   * have gone back further, by what passed since its time was last written down and until this was
   * seen, a lease each at most: the first send is taken to be older by as much. Until that is
   * committed nothing but look-ups is claimed. Locks the high water, then messages in the order of
   * outcomes; called before anything else is locked.
   */
  public static ToldTime raise(Connection connection, ClaimTerms terms) throws SQLException {
    ToldTime told;
    try (PreparedStatement statement = connection.prepareStatement(RAISE_HIGH_WATER)) {
      statement.setLong(1, terms.clockSkew().toMillis());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        told =
            new ToldTime(
                Instants.read(row, "now"), Duration.ofMillis(row.getLong("behind_millis")));
      }
    }
    if (told.behind().compareTo(terms.clockSkew()) > 0) {
      setBack(connection, told.behind(), terms.lease().multipliedBy(2));
    }
    return told;
  }

  private static void setBack(Connection connection, Duration back, Duration unseen)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SET_BACK)) {
      statement.setInt(3, SLICE);
      statement.setLong(4, back.toMillis());
      statement.setLong(5, unseen.toMillis());
      UUID merchant = LEAST;
      UUID resource = LEAST;
      boolean more = true;
      while (more) {
        statement.setObject(1, merchant);
        statement.setObject(2, resource);
        try (ResultSet last = statement.executeQuery()) {
          more = last.next();
          if (more) {
            merchant = last.getObject("merchant_id", UUID.class);
            resource = last.getObject("resource_id", UUID.class);
          }
        }
      }
    }
  }
}
