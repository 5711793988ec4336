package io.onceledger.core.id;

import java.util.UUID;

/**
 * What a key names, a message is about and a status belongs to: a charge, or a refund of one.
 *
 * @param charge the charge itself, or the one that is refunded
 * @param refund null for a charge
 */
public record Resource(UUID merchant, UUID charge, UUID refund) {

  /** A charge. */
  public static Resource charge(UUID merchant, UUID charge) {
    return new Resource(merchant, charge, null);
  }

  /** A refund of {@code charge}. */
  public static Resource refund(UUID merchant, UUID charge, UUID refund) {
    return new Resource(merchant, charge, refund);
  }

  public boolean isRefund() {
    return refund != null;
  }

  /** Its own id. */
  public UUID id() {
    return isRefund() ? refund : charge;
  }

  /** Its id as others see it. */
  public String text() {
    return kind().text(id());
  }

  /** Which of the two it is. */
  public PublicId kind() {
    return isRefund() ? PublicId.REFUND : PublicId.CHARGE;
  }

  /** The charge: itself, or the one that is refunded. */
  public Resource ofCharge() {
    return isRefund() ? charge(merchant, charge) : this;
  }
}
