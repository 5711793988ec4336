package io.onceledger.core.outbox;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.database.Instants;
import io.onceledger.core.id.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What becomes of messages that were claimed ({@link OutboxClaims}), or are to be: they go, wait
 * for a person, or come back. Each method is one statement in the caller's transaction.
 */
public final class OutboxMessages {

  private static final String LOCK =
      """
      SELECT m.resource_id, m.fence
      FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS claim (merchant_id, resource_id, fence)
      JOIN outbox_message AS m USING (merchant_id, resource_id, fence)
      ORDER BY m.merchant_id, m.resource_id
      FOR UPDATE OF m
      """;

  private static final String LOCK_PARKED =
      """
      SELECT now() AS now
      FROM outbox_message
      WHERE merchant_id = ? AND resource_id = ? AND step = 'parked'
      FOR UPDATE
      """;

  private static final String REMOVE =
      """
      DELETE FROM outbox_message AS m
      USING unnest(?::uuid[], ?::uuid[]) AS gone (merchant_id, resource_id)
      WHERE m.merchant_id = gone.merchant_id AND m.resource_id = gone.resource_id
      """;

  private static final String REMOVE_UNLESS_SENDING =
      """
      DELETE FROM outbox_message
      WHERE merchant_id = ? AND resource_id = ?
        AND (step NOT IN ('send', 'resend') OR claimed_at IS NULL
             OR greatest(attempt_ends_at, due_at) <= now())
      """;

  private static final String REMOVE_ALL_UNLESS_SENDING =
      """
      WITH removable AS (
        SELECT m.merchant_id, m.resource_id
        FROM unnest(?::uuid[], ?::uuid[]) AS wanted (merchant_id, resource_id)
        JOIN outbox_message AS m USING (merchant_id, resource_id)
        WHERE m.step NOT IN ('send', 'resend') OR m.claimed_at IS NULL
          OR greatest(m.attempt_ends_at, m.due_at) <= now()
        ORDER BY m.merchant_id, m.resource_id
        FOR UPDATE OF m
      )
      DELETE FROM outbox_message AS m
      USING removable AS r
      WHERE m.merchant_id = r.merchant_id AND m.resource_id = r.resource_id
      RETURNING m.resource_id
      """;

  private static final String END =
      """
      WITH ended AS (
        SELECT merchant_id, resource_id
        FROM outbox_message AS m
        JOIN unnest(?::uuid[], ?::uuid[]) AS named (merchant_id, resource_id)
          USING (merchant_id, resource_id)
        ORDER BY merchant_id, resource_id
        FOR UPDATE OF m
      )
      DELETE FROM outbox_message AS m
      USING ended AS e
      WHERE m.merchant_id = e.merchant_id AND m.resource_id = e.resource_id
      RETURNING m.resource_id, m.step, m.attempts, m.claimed_at,
                greatest(m.attempt_ends_at, m.due_at) AS attempt_ends_at
      """;

  private static final String PUT_BACK =
      """
      UPDATE outbox_message AS m
      SET step = back.step,
          due_at = back.due_at::timestamptz
                   - coalesce(back.claimed_at::timestamptz - m.claimed_at, interval '0'),
          claimed_at = NULL,
          fence = m.fence + 1,
          first_sent_at = CASE WHEN back.clear_mark THEN NULL ELSE m.first_sent_at END
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::boolean[])
        AS back (merchant_id, resource_id, step, due_at, claimed_at, clear_mark)
      WHERE m.merchant_id = back.merchant_id AND m.resource_id = back.resource_id
      """;

  private OutboxMessages() {}

  /**
   * A claimed send whose message is gone.
   *
   * @param n the number of its attempt
   * @param endsAt when nothing that it began is under way any more
   */
  public record Interrupted(Resource resource, int n, Instant claimedAt, Instant endsAt) {}

  /**
   * A message on its way back.
   *
   * @param dueAt {@link Instant#MAX} for one that waits for a person
   * @param claimedAt of the claim that ends, by the clock by which {@code dueAt} was reckoned; null
   *     without one. If the clock has gone back since, the message's own time has too, and what it
   *     is due at follows
   * @param clearMark whether it is certain that nothing was ever sent
   */
  public record PutBack(
      Resource resource, Step step, Instant dueAt, Instant claimedAt, boolean clearMark) {

    /** Of what was claimed. */
    public static PutBack of(Claim claim, Step step, Instant dueAt, boolean clearMark) {
      return new PutBack(claim.resource(), step, dueAt, claim.claimedAt(), clearMark);
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
          .uuids(claim -> claim.resource().merchant())
          .uuids(claim -> claim.resource().id())
          .longs(Claim::fence);
      try (ResultSet rows = statement.executeQuery()) {
        Map<UUID, Long> fences = new HashMap<>();
        while (rows.next()) {
          fences.put(rows.getObject("resource_id", UUID.class), rows.getLong("fence"));
        }
        // By fence as well: an old claim and its successor may be in one batch.
        return claims.stream()
            .filter(claim -> Objects.equals(fences.get(claim.resource().id()), claim.fence()))
            .collect(Collectors.toSet());
      }
    }
  }

  /**
   * Locks a message that waits for a person: the database's clock, or empty if it does not wait.
   */
  public static Optional<Instant> lockParked(Connection connection, Resource resource)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_PARKED)) {
      statement.setObject(1, resource.merchant());
      statement.setObject(2, resource.id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(Instants.read(row, "now")) : Optional.empty();
      }
    }
  }

  /** Removes locked messages: their work is done. */
  public static void remove(Connection connection, List<Claim> claims) throws SQLException {
    if (claims.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
      new ColumnArrays<>(statement, claims)
          .uuids(claim -> claim.resource().merchant())
          .uuids(claim -> claim.resource().id());
      statement.executeUpdate();
    }
  }

  /**
   * Removes a message, whoever asks or cancels under a claim of it: that one's fence is dead, and
   * what it writes hits nothing. A send under way could still take effect. The caller holds the
   * charge.
   *
   * @return false when it is being sent, and so still there
   */
  public static boolean removeUnlessSending(Connection connection, Resource resource)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMOVE_UNLESS_SENDING)) {
      statement.setObject(1, resource.merchant());
      statement.setObject(2, resource.id());
      return statement.executeUpdate() == 1;
    }
  }

  /**
   * As {@link #removeUnlessSending}, for many.
   *
   * @return the resources of those that were removed
   */
  public static Set<UUID> removeAllUnlessSending(Connection connection, List<Resource> names)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REMOVE_ALL_UNLESS_SENDING)) {
      new ColumnArrays<>(statement, names).uuids(Resource::merchant).uuids(Resource::id);
      try (ResultSet rows = statement.executeQuery()) {
        Set<UUID> removed = new HashSet<>();
        while (rows.next()) {
          removed.add(rows.getObject(1, UUID.class));
        }
        return removed;
      }
    }
  }

  /**
   * Removes messages, whatever is under way: the processor itself has said what became of it, and
   * can only say the same to whoever sends it now. Their fence is dead, and what they write hits
   * nothing. The caller holds the charges.
   *
   * @return the sends that were under way and will not be recorded by whoever has them
   */
  public static List<Interrupted> end(Connection connection, List<Resource> resources)
      throws SQLException {
    if (resources.isEmpty()) {
      return List.of();
    }
    Map<UUID, Resource> byId =
        resources.stream().collect(Collectors.toMap(Resource::id, resource -> resource));
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      new ColumnArrays<>(statement, resources).uuids(Resource::merchant).uuids(Resource::id);
      try (ResultSet rows = statement.executeQuery()) {
        List<Interrupted> sending = new ArrayList<>();
        while (rows.next()) {
          if (rows.getObject("claimed_at") != null && Step.parse(rows.getString("step")).sends()) {
            sending.add(
                new Interrupted(
                    byId.get(rows.getObject("resource_id", UUID.class)),
                    rows.getInt("attempts"),
                    Instants.read(rows, "claimed_at"),
                    Instants.read(rows, "attempt_ends_at")));
          }
        }
        return sending;
      }
    }
  }

  /** Puts locked messages back, to be claimed again when they are due; ends their claims. */
  public static void putBack(Connection connection, List<PutBack> messages) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(PUT_BACK)) {
      new ColumnArrays<>(statement, messages)
          .uuids(back -> back.resource().merchant())
          .uuids(back -> back.resource().id())
          .texts(message -> message.step().text())
          .instants(PutBack::dueAt)
          .instants(PutBack::claimedAt)
          .booleans(PutBack::clearMark);
      statement.executeUpdate();
    }
  }
}
