package io.onceledger.core.outcome;

import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import io.onceledger.core.refund.LockedRefund;

/**
 * A charge or a refund as it was when the transaction locked it: always by the row of the charge.
 *
 * @param refund null for a charge
 */
public record Locked(LockedCharge charge, LockedRefund refund) {

  public Resource resource() {
    return refund == null ? charge.key() : refund.key();
  }

  public Status status() {
    return refund == null ? charge.status() : refund.status();
  }
}
