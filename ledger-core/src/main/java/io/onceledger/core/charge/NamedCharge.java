package io.onceledger.core.charge;

import io.onceledger.core.charge.Acceptance.Mismatched;
import io.onceledger.core.charge.Acceptance.Replayed;
import io.onceledger.core.idempotency.Fingerprint;

/**
 * What an idempotency key stands for: its first request, as it was stored.
 *
 * @param fingerprint of that request, in the canonical form of its time
 */
public record NamedCharge(Fingerprint fingerprint, ChargeReceipt receipt) {

  /** What a later delivery is: {@link Replayed} or {@link Mismatched}. The only place to decide. */
  public Acceptance decide(ChargeRequest later) {
    return decide(later, later.fingerprint(fingerprint.version()));
  }

  /** As {@link #decide(ChargeRequest)}, with the digest that the delivery has brought along. */
  public Acceptance decide(ChargeDelivery later) {
    return decide(later.request(), later.fingerprint(fingerprint.version()));
  }

  private Acceptance decide(ChargeRequest later, Fingerprint laterFingerprint) {
    return laterFingerprint.equals(fingerprint)
        ? new Replayed(receipt)
        : new Mismatched(receipt.charge(), receipt.request().differences(later));
  }
}
