package io.onceledger.core.charge;

import java.time.Instant;
import java.util.UUID;

/**
 * The columns of a charge that never change, from which its receipt is rendered.
 *
 * @param version the rendering that made the first receipt
 */
public record ChargeReceipt(
    int version, UUID charge, String key, ChargeRequest request, Instant createdAt) {

  /** The rendering that new receipts are made with. */
  public static final int VERSION = 1;
}
