package io.onceledger.mockprocessor.effect;

import java.util.Locale;

/**
 * A payment that its cardholder objects to.
 *
 * @param instruction that of a refund, so to speak: the amount goes the other way
 * @param number makes the id; never used twice
 */
public record Dispute(Instruction instruction, long number, Status status) {

  /** Open, and then one of the others for good. */
  public enum Status {
    OPEN,
    /** By the merchant: the amount comes back. */
    WON,
    /** The amount stays away. */
    LOST;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public String id() {
    return Resource.DISPUTE.id(number);
  }

  public Dispute closed(Status verdict) {
    return new Dispute(instruction, number, verdict);
  }
}
