package io.onceledger.core.review;

import io.onceledger.core.charge.Status;
import java.util.Objects;
import java.util.UUID;

/**
 * What a person has decided about a charge or a refund, and why.
 *
 * @param status final
 * @param processorPayment the processor's id of the payment or refund; not null when it succeeded
 * @param by the operator's key
 */
public record Decision(Status status, String processorPayment, String note, UUID by) {

  /** Whether {@code resolution} said the same of it, in whatever words. */
  boolean isThatOf(Review.Resolution resolution) {
    return status.text().equals(resolution.decision())
        && Objects.equals(processorPayment, resolution.processorPayment());
  }
}
