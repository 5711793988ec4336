package io.onceledger.api.notification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a notification can be about. */
enum NotificationType {
  PAYMENT_APPROVED,
  PAYMENT_DECLINED,
  REFUND_APPROVED,
  REFUND_DECLINED,
  DISPUTE_OPENED,
  DISPUTE_WON,
  DISPUTE_LOST;

  /** Empty for one that the processor has and we do not. */
  static Optional<NotificationType> parse(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  boolean isDispute() {
    return this == DISPUTE_OPENED || this == DISPUTE_WON || this == DISPUTE_LOST;
  }
}
