package io.onceledger.core.settlement;

import io.onceledger.core.id.PublicId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What a line of a report is about, and in which direction its amount goes. */
public enum LineType {
  PAYMENT(PublicId.CHARGE, true),
  REFUND(PublicId.REFUND, false),
  DISPUTE(PublicId.CHARGE, false),
  DISPUTE_REVERSAL(PublicId.CHARGE, true);

  /** Another word for {@link #PAYMENT}. */
  private static final String CHARGE = "charge";

  private final PublicId subject;
  private final boolean toUs;

  LineType(PublicId subject, boolean toUs) {
    this.subject = subject;
    this.toUs = toUs;
  }

  /** As it is written in SQL and JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type that {@code text} names. */
  public static Optional<LineType> parse(String text) {
    return text.equals(CHARGE)
        ? Optional.of(PAYMENT)
        : Stream.of(values()).filter(type -> type.text().equals(text)).findFirst();
  }

  /** The id that {@code reference} spells; null when it is none that we would have written. */
  UUID resource(String reference) {
    return subject.parse(reference).orElse(null);
  }

  /** Whether the processor pays the amount; else it takes it. */
  boolean isToUs() {
    return toUs;
  }
}
