package io.onceledger.core.reconciliation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** In what a report and the books differ. */
public enum DifferenceKind {
  /**
   * The report names a payment, refund or dispute that we do not have, or not for this merchant.
   */
  MISSING_HERE,
  /** We have a success that no report names. */
  MISSING_THERE,
  AMOUNT,
  CURRENCY,
  /**
   * The report names a payment for what is declined or canceled here, or gives back a lost dispute.
   */
  STATUS;

  /** As it is written in SQL and JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind that {@code text} names. */
  public static Optional<DifferenceKind> parse(String text) {
    return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
