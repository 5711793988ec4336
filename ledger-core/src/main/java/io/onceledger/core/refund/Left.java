package io.onceledger.core.refund;

import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import io.onceledger.core.refund.RefundRefusal.ExceedsCharge;
import io.onceledger.core.refund.RefundRefusal.NoSuchCharge;
import io.onceledger.core.refund.RefundRefusal.NotSucceeded;
import java.util.HashMap;
import java.util.Map;

/**
 * What is left to be refunded of the charges that a transaction has locked, while it takes one
 * refund after the other. Pure; used by one thread.
 */
final class Left {

  private final Map<Resource, LockedCharge> charges;
  private final Map<Resource, Long> reserved = new HashMap<>();

  Left(Map<Resource, LockedCharge> charges) {
    this.charges = charges;
    charges.forEach((key, charge) -> reserved.put(key, charge.amountReserved()));
  }

  /** What follows from asking for a refund. */
  sealed interface Answer {

    /** It may be written, and its amount is reserved. */
    record Granted(long amount, String currency) implements Answer {}

    /** It may not. */
    record Denied(RefundRefusal reason) implements Answer {}
  }

  /** Takes the amount, or all that is left. */
  Answer take(RefundDelivery delivery) {
    LockedCharge charge = charges.get(delivery.charge());
    if (charge == null) {
      return new Answer.Denied(new NoSuchCharge());
    }
    if (charge.status() != Status.SUCCEEDED) {
      return new Answer.Denied(new NotSucceeded(charge.status()));
    }
    long left = charge.amount() - reserved.get(delivery.charge());
    Long asked = delivery.request().amount();
    if (left == 0 || (asked != null && asked > left)) {
      return new Answer.Denied(new ExceedsCharge(left, charge.currency()));
    }
    long amount = asked == null ? left : asked;
    reserved.merge(delivery.charge(), amount, Long::sum);
    return new Answer.Granted(amount, charge.currency());
  }

  /** Gives back what was taken and then not written. */
  void giveBack(RefundDelivery delivery, long amount) {
    reserved.merge(delivery.charge(), -amount, Long::sum);
  }
}
