package io.onceledger.core.outbox;

import io.onceledger.core.id.Resource;
import java.time.Instant;

/**
 * The right to do one step for a message until its lease ends and somebody else takes it.
 *
 * @param fence writes under an older number hit nothing
 * @param n the number of this attempt
 * @param acceptedAt the database's clock, when the request was
 * @param claimedAt the database's clock
 * @param endsAt the database's clock when nothing that it began is under way any more
 * @param firstSentAt when the first send was marked; null when nothing was ever sent
 * @param lost the attempt of a worker that never recorded it; null when there is none
 */
public record Claim(
    Resource resource,
    Step step,
    long fence,
    int n,
    Instant acceptedAt,
    Instant claimedAt,
    Instant endsAt,
    Instant firstSentAt,
    Lost lost,
    Work work) {

  /**
   * What is known of a claim that was never recorded.
   *
   * @param endsAt when nothing that it began is under way any more; may lie ahead
   */
  public record Lost(int n, Instant claimedAt, Instant endsAt) {}

  /**
   * What the processor is asked to do.
   *
   * @param amount minor units of {@code currency}
   * @param paymentMethod what is charged; of a refund, what its charge was
   * @param payment the processor's id of the payment that is refunded; null for a charge
   */
  public record Work(
      String idempotencyKey, long amount, String currency, String paymentMethod, String payment) {}
}
