package io.onceledger.core.outbox;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.database.Instants;
import io.onceledger.core.id.Resource;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Owns the statements of {@code outbox_message}, and with them how work is claimed: another engine
 * would have another one of this class. Each method is one statement in the caller's transaction.
 */
public final class OutboxMessages {

  /** Locks what is due, oldest first, passing over what others hold. */
  private static final String DUE =
      """
        SELECT m.merchant_id, m.resource_id, m.step, m.claimed_at, m.first_sent_at,
               m.attempt_ends_at, m.due_at
        FROM outbox_message AS m
        WHERE m.due_at >= ?::timestamptz AND m.due_at <= now()
          AND (m.step = 'look_up' OR NOT (
            SELECT now() < at - ? * interval '1 millisecond'
            FROM clock_high_water))
          %s
        ORDER BY m.due_at
        LIMIT ?
        FOR UPDATE OF m SKIP LOCKED
      """;

  /**
   * Two claimers miss each other by SKIP LOCKED while both run, and by {@code due_at}, which the
   * first has moved to the end of its lease, afterwards.
   *
   * <p>By the database's clock, and whatever was decided before: a resend whose window has closed
   * becomes a look-up; a first send after a restore is preceded by one; and while the clock is
   * behind what it has told before, nothing but look-ups is claimed.
   */
  private static final String CLAIM =
      """
      WITH %s, next AS (
        SELECT due.merchant_id, due.resource_id, due.step, due.claimed_at, due.due_at,
               greatest(due.attempt_ends_at, due.due_at) AS attempt_ends_at,
               CASE
                 WHEN due.step = 'resend'
                   AND now() > due.first_sent_at + ? * interval '1 millisecond' THEN 'look_up'
                 WHEN due.step = 'send' AND due.claimed_at IS NULL AND now() < ?::timestamptz
                   AND NOT EXISTS (
                     SELECT
                     FROM attempt AS a
                     WHERE a.merchant_id = due.merchant_id AND a.resource_id = due.resource_id
                       AND a.outcome = 'absent') THEN 'look_up'
                 ELSE due.step
               END AS next_step
        FROM due
      )
      UPDATE outbox_message AS m
      SET claimed_at = now(),
          due_at = now() + ? * interval '1 millisecond',
          attempt_ends_at = now() + ? * interval '1 millisecond',
          step = next.next_step,
          first_sent_at = CASE
                            WHEN next.next_step = 'send' THEN coalesce(m.first_sent_at, now())
                            ELSE m.first_sent_at
                          END,
          fence = m.fence + 1,
          attempts = m.attempts + 1
      FROM next
      LEFT JOIN refund AS r ON r.merchant_id = next.merchant_id AND r.id = next.resource_id
      JOIN charge AS c
        ON c.merchant_id = next.merchant_id AND c.id = coalesce(r.charge_id, next.resource_id)
      WHERE m.merchant_id = next.merchant_id AND m.resource_id = next.resource_id
      RETURNING m.merchant_id, c.id AS charge_id, r.id AS refund_id, m.step, m.fence, m.attempts,
                m.claimed_at, m.attempt_ends_at, m.first_sent_at, next.step AS old_step,
                next.due_at AS old_due_at,
                next.claimed_at AS lost_claimed_at, next.attempt_ends_at AS lost_ends_at,
                coalesce(r.idempotency_key, c.idempotency_key) AS idempotency_key,
                coalesce(r.amount, c.amount) AS amount, c.currency, c.payment_method,
                c.processor_payment
      """;

  /** One index scan that ends with the last row it takes. */
  private static final String CLAIM_ALIKE = CLAIM.formatted("due AS (" + DUE.formatted("") + ")");

  /**
   * Two scans of the same index, each of which passes over the other's rows: their cost grows with
   * the rows due. It runs only while retries are more than their share. What is locked and not
   * taken is free again with the commit.
   */
  private static final String CLAIM_FEW_RETRIES =
      CLAIM.formatted(
          """
          again AS (%s), first AS (%s), due AS (
            SELECT * FROM again
            UNION ALL
            SELECT * FROM first
            ORDER BY due_at
            LIMIT ?
          )\
          """
              .formatted(DUE.formatted("AND m.attempts > 0"), DUE.formatted("AND m.attempts = 0")));

  /** Skips what is being recorded: it needs no lease any more, and nobody waits for anybody. */
  private static final String RENEW =
      """
      WITH mine AS (
        SELECT m.merchant_id, m.resource_id
        FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS claim (merchant_id, resource_id, fence)
        JOIN outbox_message AS m USING (merchant_id, resource_id, fence)
        WHERE m.claimed_at IS NOT NULL
        ORDER BY m.merchant_id, m.resource_id
        FOR UPDATE OF m SKIP LOCKED
      )
      UPDATE outbox_message AS m
      SET due_at = now() + ? * interval '1 millisecond'
      FROM mine
      WHERE m.merchant_id = mine.merchant_id AND m.resource_id = mine.resource_id
      """;

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
        WHERE first_sent_at IS NOT NULL OR due_at > now()
        ORDER BY merchant_id, resource_id
        FOR UPDATE
      )
      UPDATE outbox_message AS m
      SET due_at = m.due_at - t.back,
          claimed_at = m.claimed_at - t.back,
          attempt_ends_at = m.attempt_ends_at - t.back,
          first_sent_at = m.first_sent_at - t.back - t.unseen
      FROM before, (SELECT ? * interval '1 millisecond' AS back,
                           ? * interval '1 millisecond' AS unseen) AS t
      WHERE m.merchant_id = before.merchant_id AND m.resource_id = before.resource_id
      """;

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
   * What the database says the time is.
   *
   * @param behind by how much that is less than the latest time it had told; not positive as long
   *     as its clock goes forward
   */
  public record ToldTime(Instant now, Duration behind) {}

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
   * @param clearMark whether it is certain that nothing was ever sent
   */
  public record PutBack(Resource resource, Step step, Instant dueAt, boolean clearMark) {}

  /**
   * What one statement has claimed.
   *
   * @param lastDueAt when the last of them became due; null when there is none
   */
  public record Claimed(List<Claim> claims, Instant lastDueAt) {}

  /**
   * Claims what is due, oldest first. The caller commits before it acts: the commit of the claim is
   * the mark that a send may have happened.
   *
   * @param limit as many as can be worked on at once
   * @param retries of them, as many as may have been claimed before
   * @param from what has been due for longer is not looked for; see {@link ClaimFront}
   */
  public static Claimed claim(
      Connection connection, int limit, int retries, Instant from, ClaimTerms terms)
      throws SQLException {
    boolean alike = retries >= limit;
    try (PreparedStatement statement =
        connection.prepareStatement(alike ? CLAIM_ALIKE : CLAIM_FEW_RETRIES)) {
      int at = 0;
      for (int most : alike ? new int[] {limit} : new int[] {retries, limit}) {
        statement.setString(++at, Instants.text(from));
        statement.setLong(++at, terms.clockSkew().toMillis());
        statement.setLong(++at, most);
      }
      if (!alike) {
        statement.setLong(++at, limit);
      }
      statement.setLong(++at, terms.retryHorizon().toMillis());
      statement.setString(++at, Instants.text(terms.lookUpFirstUntil()));
      statement.setLong(++at, terms.lease().toMillis());
      statement.setLong(++at, terms.attempt().toMillis());
      try (ResultSet rows = statement.executeQuery()) {
        List<Claim> claims = new ArrayList<>();
        Instant lastDueAt = null;
        while (rows.next()) {
          claims.add(read(rows));
          Instant dueAt = Instants.read(rows, "old_due_at");
          lastDueAt = lastDueAt == null || dueAt.isAfter(lastDueAt) ? dueAt : lastDueAt;
        }
        return new Claimed(claims, lastDueAt);
      }
    }
  }

  /**
   * Lets the leases of these claims run anew, whether they have ended or not: what nobody has taken
   * over is still its claimer's. Passes over those whose fence is old.
   *
   * @return how many were renewed
   */
  public static int renew(Connection connection, List<Claim> claims, Duration lease)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
      new ColumnArrays<>(statement, claims)
          .uuids(claim -> claim.resource().merchant())
          .uuids(claim -> claim.resource().id())
          .longs(Claim::fence);
      statement.setLong(4, lease.toMillis());
      return statement.executeUpdate();
    }
  }

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
  public static ToldTime raiseHighWater(Connection connection, ClaimTerms terms)
      throws SQLException {
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
      try (PreparedStatement statement = connection.prepareStatement(SET_BACK)) {
        statement.setLong(1, told.behind().toMillis());
        statement.setLong(2, terms.lease().multipliedBy(2).toMillis());
        statement.executeUpdate();
      }
    }
    return told;
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
          .booleans(PutBack::clearMark);
      statement.executeUpdate();
    }
  }

  private static Claim read(ResultSet row) throws SQLException {
    int n = row.getInt("attempts");
    Resource resource =
        new Resource(
            row.getObject("merchant_id", UUID.class),
            row.getObject("charge_id", UUID.class),
            row.getObject("refund_id", UUID.class));
    return new Claim(
        resource,
        Step.parse(row.getString("step")),
        row.getLong("fence"),
        n,
        Instants.read(row, "claimed_at"),
        Instants.read(row, "attempt_ends_at"),
        Instants.read(row, "first_sent_at"),
        lost(row, n - 1),
        new Work(
            row.getString("idempotency_key"),
            row.getLong("amount"),
            row.getString("currency"),
            row.getString("payment_method"),
            resource.isRefund() ? row.getString("processor_payment") : null));
  }

  /** A look-up or a cancel that was lost has done no harm: only a lost send counts. */
  private static Lost lost(ResultSet row, int n) throws SQLException {
    Instant claimedAt = Instants.read(row, "lost_claimed_at");
    boolean sent = Step.parse(row.getString("old_step")).sends();
    return claimedAt != null && sent
        ? new Lost(n, claimedAt, Instants.read(row, "lost_ends_at"))
        : null;
  }
}
