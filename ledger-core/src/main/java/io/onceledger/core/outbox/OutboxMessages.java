package io.onceledger.core.outbox;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.database.Instants;
import io.onceledger.core.outbox.Claim.Lost;
import io.onceledger.core.outbox.Claim.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Owns the statements of {@code outbox_message}, and with them how work is claimed: another engine
 * would have another one of this class. Each method is one statement in the caller's transaction.
 */
public final class OutboxMessages {

  /**
   * Two claimers miss each other by SKIP LOCKED while both run, and by {@code due_at}, which the
   * first has moved to the end of its lease, afterwards. A resend whose window has closed by now is
   * turned into a look-up here, by the database's clock, whatever was decided before.
   */
  private static final String CLAIM =
      """
      WITH due AS (
        SELECT merchant_id, resource_id, step, claimed_at, due_at
        FROM outbox_message
        WHERE due_at <= now()
        ORDER BY due_at
        LIMIT ?
        FOR UPDATE SKIP LOCKED
      )
      UPDATE outbox_message AS m
      SET claimed_at = now(),
          due_at = now() + ? * interval '1 millisecond',
          step = CASE
                   WHEN m.step = 'resend'
                     AND now() > m.first_sent_at + ? * interval '1 millisecond' THEN 'look_up'
                   ELSE m.step
                 END,
          first_sent_at = CASE
                            WHEN m.step = 'send' THEN coalesce(m.first_sent_at, now())
                            ELSE m.first_sent_at
                          END,
          fence = m.fence + 1,
          attempts = m.attempts + 1
      FROM due
      JOIN charge AS c ON c.merchant_id = due.merchant_id AND c.id = due.resource_id
      WHERE m.merchant_id = due.merchant_id AND m.resource_id = due.resource_id
      RETURNING m.merchant_id, m.resource_id, m.step, m.fence, m.attempts, m.claimed_at, m.due_at,
                m.first_sent_at, due.step AS old_step, due.claimed_at AS lost_claimed_at,
                due.due_at AS lost_lease_end, c.idempotency_key, c.amount, c.currency,
                c.payment_method
      """;

  private static final String LOCK =
      """
      SELECT m.resource_id, m.fence
      FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS claim (merchant_id, resource_id, fence)
      JOIN outbox_message AS m USING (merchant_id, resource_id, fence)
      ORDER BY m.merchant_id, m.resource_id
      FOR UPDATE OF m
      """;

  private static final String REMOVE =
      """
      DELETE FROM outbox_message AS m
      USING unnest(?::uuid[], ?::uuid[]) AS gone (merchant_id, resource_id)
      WHERE m.merchant_id = gone.merchant_id AND m.resource_id = gone.resource_id
      """;

  private static final String PUT_BACK =
      """
      UPDATE outbox_message AS m
      SET step = back.step,
          due_at = back.due_at::timestamptz,
          claimed_at = NULL,
          fence = m.fence + 1,
          first_sent_at = CASE WHEN back.clear_mark THEN NULL ELSE m.first_sent_at END
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::boolean[])
        AS back (merchant_id, resource_id, step, due_at, clear_mark)
      WHERE m.merchant_id = back.merchant_id AND m.resource_id = back.resource_id
      """;

  private OutboxMessages() {}

  /**
   * A message on its way back.
   *
   * @param dueAt {@link Instant#MAX} for one that waits for a person
   * @param clearMark whether it is certain that nothing was ever sent
   */
  public record PutBack(
      UUID merchant, UUID resource, Step step, Instant dueAt, boolean clearMark) {}

  /**
   * Claims what is due, oldest first. The caller commits before it acts: the commit of the claim is
   * the mark that a send may have happened.
   *
   * @param limit as many as can be worked on at once
   * @param lease from the database's now
   * @param retryHorizon how long after the first send a resend may begin
   */
  public static List<Claim> claim(
      Connection connection, int limit, Duration lease, Duration retryHorizon) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setInt(1, limit);
      statement.setLong(2, lease.toMillis());
      statement.setLong(3, retryHorizon.toMillis());
      try (ResultSet rows = statement.executeQuery()) {
        List<Claim> claims = new ArrayList<>();
        while (rows.next()) {
          claims.add(read(rows));
        }
        return claims;
      }
    }
  }

  /**
   * Locks the messages of these claims. The caller holds their charges already.
   *
   * @return those whose fence is still current: the messages of all others have a new owner
   */
  public static Set<Claim> lock(Connection connection, List<Claim> claims) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      new ColumnArrays<>(statement, claims)
          .uuids(Claim::merchant)
          .uuids(Claim::resource)
          .longs(Claim::fence);
      try (ResultSet rows = statement.executeQuery()) {
        Map<UUID, Long> fences = new HashMap<>();
        while (rows.next()) {
          fences.put(rows.getObject("resource_id", UUID.class), rows.getLong("fence"));
        }
        // By fence as well: an old claim and its successor may be in one batch.
        return claims.stream()
            .filter(claim -> Objects.equals(fences.get(claim.resource()), claim.fence()))
            .collect(Collectors.toSet());
      }
    }
  }

  /** Removes locked messages: their work is done. */
  public static void remove(Connection connection, List<Claim> claims) throws SQLException {
    if (claims.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
      new ColumnArrays<>(statement, claims).uuids(Claim::merchant).uuids(Claim::resource);
      statement.executeUpdate();
    }
  }

  /** Puts locked messages back, to be claimed again when they are due; ends their claims. */
  public static void putBack(Connection connection, List<PutBack> messages) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(PUT_BACK)) {
      new ColumnArrays<>(statement, messages)
          .uuids(PutBack::merchant)
          .uuids(PutBack::resource)
          .texts(message -> message.step().text())
          .instants(PutBack::dueAt)
          .booleans(PutBack::clearMark);
      statement.executeUpdate();
    }
  }

  private static Claim read(ResultSet row) throws SQLException {
    int n = row.getInt("attempts");
    return new Claim(
        row.getObject("merchant_id", UUID.class),
        row.getObject("resource_id", UUID.class),
        Step.parse(row.getString("step")),
        row.getLong("fence"),
        n,
        Instants.read(row, "claimed_at"),
        Instants.read(row, "due_at"),
        Instants.read(row, "first_sent_at"),
        lost(row, n - 1),
        new Work(
            row.getString("idempotency_key"),
            row.getLong("amount"),
            row.getString("currency"),
            row.getString("payment_method")));
  }

  /** A look-up or a cancel that was lost has done no harm: only a lost send counts. */
  private static Lost lost(ResultSet row, int n) throws SQLException {
    Instant claimedAt = Instants.read(row, "lost_claimed_at");
    boolean sent = Step.parse(row.getString("old_step")).sends();
    return claimedAt != null && sent
        ? new Lost(n, claimedAt, Instants.read(row, "lost_lease_end"))
        : null;
  }
}
