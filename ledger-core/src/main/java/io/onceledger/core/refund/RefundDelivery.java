package io.onceledger.core.refund;

import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Delivery;
import io.onceledger.core.idempotency.Fingerprint;
import io.onceledger.core.idempotency.IdempotencyKey;
import java.util.UUID;

/**
 * One delivery of a refund request, on its way to being accepted.
 *
 * @param name its merchant's key, unescaped
 * @param proposedId the refund's id if this delivery turns out to be the first of its key
 * @param fingerprint of {@code request}, in the canonical form of today
 */
public record RefundDelivery(
    IdempotencyKey name, UUID proposedId, RefundRequest request, Fingerprint fingerprint)
    implements Delivery<RefundRequest> {

  public RefundDelivery(IdempotencyKey name, UUID proposedId, RefundRequest request) {
    this(name, proposedId, request, request.fingerprint(Fingerprint.VERSION));
  }

  /** The charge that is to be refunded. */
  public Resource charge() {
    return Resource.charge(name.merchant(), request.charge());
  }
}
