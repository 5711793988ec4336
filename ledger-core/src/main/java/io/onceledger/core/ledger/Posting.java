package io.onceledger.core.ledger;

import java.util.UUID;

/**
 * An entry that is about to be written.
 *
 * @param source with {@code kind} and the merchant its natural key: posting it twice is posting it
 *     once
 * @param refund null unless it belongs to a refund
 * @param amount minor units of {@code currency}, above zero
 */
public record Posting(
    UUID merchant,
    UUID source,
    UUID charge,
    UUID refund,
    Kind kind,
    Account debit,
    Account credit,
    long amount,
    String currency) {

  /** Why an amount moves. */
  public enum Kind {
    CHARGE,
    FEE,
    REFUND,
    DISPUTE,
    DISPUTE_REVERSAL,
    SETTLEMENT,
    PROCESSOR_FEE;

    /** As it is written in SQL and JSON. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
