package io.onceledger.core.refund;

import io.onceledger.core.charge.Status;
import io.onceledger.core.idempotency.Acceptance.Reason;

/** Why a refund is not accepted. Its key stays free. */
public sealed interface RefundRefusal extends Reason {

  /** Its merchant has no such charge. */
  record NoSuchCharge() implements RefundRefusal {}

  /** There is nothing to give back: the charge did not succeed, or not yet. */
  record NotSucceeded(Status status) implements RefundRefusal {}

  /**
   * More than is left.
   *
   * @param left minor units of {@code currency}, zero at the least
   */
  record ExceedsCharge(long left, String currency) implements RefundRefusal {}
}
