package io.onceledger.core.testing;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.Notification;
import io.onceledger.core.inbox.NotificationType;
import java.time.Instant;
import java.util.UUID;

/** Notifications to test with, each with an id of its own. */
public final class TestNotifications {

  /** The payment of whatever {@link TestWorker} approves. */
  public static final String PAYMENT = "pay_worker";

  private TestNotifications() {}

  /** About {@link #PAYMENT} of a charge, or of the one that is refunded. */
  public static Notification of(NotificationType type, Resource about, long amount) {
    return of(type, about, amount, "USD", PAYMENT, type.isDispute() ? PAYMENT : null);
  }

  /** About a dispute that has a name. */
  public static Notification of(
      NotificationType type, Resource about, long amount, String dispute) {
    return of(type, about, amount, "USD", PAYMENT, dispute);
  }

  public static Notification of(
      NotificationType type,
      Resource about,
      long amount,
      String currency,
      String payment,
      String dispute) {
    return new Notification(
        "ntf_" + UUID.randomUUID(),
        type,
        PublicId.MERCHANT.text(about.merchant()),
        about.text(),
        payment,
        amount,
        currency,
        Instant.parse("2026-11-21T07:00:00Z"),
        dispute,
        type.isDecline() ? "insufficient_funds" : null);
  }
}
