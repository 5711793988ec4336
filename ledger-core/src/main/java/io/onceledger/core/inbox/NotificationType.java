package io.onceledger.core.inbox;

import io.onceledger.core.id.PublicId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a notification can be about. */
public enum NotificationType {
  PAYMENT_APPROVED,
  PAYMENT_DECLINED,
  REFUND_APPROVED,
  REFUND_DECLINED,
  DISPUTE_OPENED,
  DISPUTE_WON,
  DISPUTE_LOST;

  /** Empty for one that the processor has and we do not. */
  public static Optional<NotificationType> parse(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
  }

  /** As it is written in SQL and JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  public boolean isDispute() {
    return this == DISPUTE_OPENED || this == DISPUTE_WON || this == DISPUTE_LOST;
  }

  public boolean isDecline() {
    return this == PAYMENT_DECLINED || this == REFUND_DECLINED;
  }

  /** What its reference names. */
  PublicId referenceKind() {
    return this == REFUND_APPROVED || this == REFUND_DECLINED ? PublicId.REFUND : PublicId.CHARGE;
  }
}
