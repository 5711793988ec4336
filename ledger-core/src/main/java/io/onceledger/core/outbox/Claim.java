package io.onceledger.core.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * The right to do one step for a message until its lease ends.
 *
 * @param fence writes under an older number hit nothing
 * @param n the number of this attempt
 * @param claimedAt the database's clock
 * @param firstSentAt when the first send was marked; null when nothing was ever sent
 * @param lost the attempt of a worker that never recorded it; null when there is none
 */
public record Claim(
    UUID merchant,
    UUID resource,
    Step step,
    long fence,
    int n,
    Instant claimedAt,
    Instant leaseEnd,
    Instant firstSentAt,
    Lost lost,
    Work work) {

  /**
   * What is known of a claim that ended without a record: when it began and when its lease ended.
   */
  public record Lost(int n, Instant claimedAt, Instant leaseEnd) {}

  /**
   * What the processor is asked to do.
   *
   * @param amount minor units of {@code currency}
   */
  public record Work(String idempotencyKey, long amount, String currency, String paymentMethod) {}
}
