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
import java.util.List;
import java.util.UUID;

/**
 * How work is claimed, and kept: another engine would have another one of this class. Each method
 * is one statement in the caller's transaction.
 */
public final class OutboxClaims {

  /**
   * Locks what is due, oldest first, passing over what others hold. The condition is that of a
   * partial index, which has nothing else: the scan ends with the last row that it takes.
   */
  private static final String DUE =
      """
        SELECT m.merchant_id, m.resource_id, m.step, m.claimed_at, m.first_sent_at,
               m.attempt_ends_at, m.due_at
        FROM outbox_message AS m
        WHERE m.due_at >= ?::timestamptz AND m.due_at <= now()
          AND (m.step = 'look_up' OR NOT (
            SELECT now() < at - ? * interval '1 millisecond'
            FROM clock_high_water))
          AND %s
        ORDER BY m.due_at
        LIMIT ?
        FOR UPDATE OF m SKIP LOCKED
      """;

  /**
   * Two claimers miss each other by SKIP LOCKED while both run, and by {@code due_at}, which the
   * first has moved to the end of its lease, afterwards. What is locked and not taken, at most as
   * much again as is taken, is free with the commit.
   *
   * <p>The charge is looked up by itself, row by row ({@code OFFSET 0}): joined, it was once read
   * by its merchant alone and compared by its id afterwards, all charges of the merchant for each
   * message, because merchants had few charges on average.
   *
   * <p>By the database's clock, and whatever was decided before: a resend whose window has closed
   * becomes a look-up; after a restore any send is preceded by one, for what has happened since is
   * not known here; and while the clock is behind what it has told before, nothing but look-ups is
   * claimed.
   */
  private static final String CLAIM =
      """
      WITH again AS (%s), first AS (%s), due AS (
        SELECT * FROM again
        UNION ALL
        SELECT * FROM first
        ORDER BY due_at
        LIMIT ?
      ), next AS (
        SELECT due.merchant_id, due.resource_id, due.step, due.claimed_at, due.due_at,
               greatest(due.attempt_ends_at, due.due_at) AS attempt_ends_at,
               CASE
                 WHEN due.step = 'resend'
                   AND now() > due.first_sent_at + ? * interval '1 millisecond' THEN 'look_up'
                 WHEN due.step IN ('send', 'resend') AND due.claimed_at IS NULL
                   AND now() < ?::timestamptz
                   AND NOT EXISTS (
                     SELECT
                     FROM attempt AS a
                     WHERE a.merchant_id = due.merchant_id AND a.resource_id = due.resource_id
                       AND a.outcome = 'absent' AND a.claimed_at > ?::timestamptz) THEN 'look_up'
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
      CROSS JOIN LATERAL (
        SELECT id, idempotency_key, amount, currency, payment_method, processor_payment
        FROM charge
        WHERE merchant_id = next.merchant_id AND id = coalesce(r.charge_id, next.resource_id)
        OFFSET 0
      ) AS c
      WHERE m.merchant_id = next.merchant_id AND m.resource_id = next.resource_id
      RETURNING m.merchant_id, c.id AS charge_id, r.id AS refund_id, m.step, m.fence, m.attempts,
                m.created_at, m.claimed_at, m.attempt_ends_at, m.first_sent_at,
                next.step AS old_step, next.due_at AS old_due_at,
                next.claimed_at AS lost_claimed_at, next.attempt_ends_at AS lost_ends_at,
                coalesce(r.idempotency_key, c.idempotency_key) AS idempotency_key,
                coalesce(r.amount, c.amount) AS amount, c.currency, c.payment_method,
                c.processor_payment
      """
          .formatted(DUE.formatted("m.attempts > 0"), DUE.formatted("m.attempts = 0"));

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

  private OutboxClaims() {}

  /** What one statement has claimed, each with the time when it became due. */
  public record Claimed(List<Claim> claims, List<Instant> dueAt) {
    /** Keeps its own copies. */
    public Claimed {
      claims = List.copyOf(claims);
      dueAt = List.copyOf(dueAt);
    }
  }

  /**
   * Claims what is due, oldest first. The caller commits before it acts: the commit of the claim is
   * the mark that a send may have happened.
   *
   * @param limit as many as can be worked on at once
   * @param retries of them, as many as may have been claimed before
   * @param from what has been due for longer is not looked for
   */
  public static Claimed claim(
      Connection connection, int limit, int retries, ClaimFront.Place from, ClaimTerms terms)
      throws SQLException {
    long skew = terms.clockSkew().toMillis();
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setString(1, Instants.text(from.retries()));
      statement.setLong(2, skew);
      statement.setInt(3, Math.min(retries, limit));
      statement.setString(4, Instants.text(from.firstTries()));
      statement.setLong(5, skew);
      statement.setInt(6, limit);
      statement.setInt(7, limit);
      statement.setLong(8, terms.retryHorizon().toMillis());
      statement.setString(9, Instants.text(terms.restore().lookUpUntil()));
      statement.setString(10, Instants.text(terms.restore().dataUntil()));
      statement.setLong(11, terms.lease().toMillis());
      statement.setLong(12, terms.attempt().toMillis());
      try (ResultSet rows = statement.executeQuery()) {
        List<Claim> claims = new ArrayList<>();
        List<Instant> dueAt = new ArrayList<>();
        while (rows.next()) {
          claims.add(read(rows));
          dueAt.add(Instants.read(rows, "old_due_at"));
        }
        return new Claimed(claims, dueAt);
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
        Instants.read(row, "created_at"),
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
