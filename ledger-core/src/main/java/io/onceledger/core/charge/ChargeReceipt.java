package io.onceledger.core.charge;

import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Receipt;
import java.time.Instant;

/**
 * The columns of a charge that never change, from which its receipt is rendered.
 *
 * @param version the rendering that made the first receipt
 */
public record ChargeReceipt(
    int version, Resource resource, String key, ChargeRequest request, Instant createdAt)
    implements Receipt<ChargeRequest> {

  /** The rendering that new receipts are made with. */
  public static final int VERSION = 1;
}
