package io.onceledger.core.refund;

import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Receipt;
import java.time.Instant;

/**
 * The columns of a refund that never change, from which its receipt is rendered.
 *
 * @param version the rendering that made the first receipt
 * @param amount minor units of {@code currency}: what was asked for, or what was left
 * @param currency the charge's
 */
public record RefundReceipt(
    int version,
    Resource resource,
    String key,
    RefundRequest request,
    long amount,
    String currency,
    Instant createdAt)
    implements Receipt<RefundRequest> {

  /** The rendering that new receipts are made with. */
  public static final int VERSION = 1;
}
