package io.onceledger.mockprocessor.fault;

import java.util.Optional;

/** Payment methods that decide what happens, whatever the rates. */
public final class Fate {
  /** What a decline by chance is called; the most common code of real processors. */
  public static final String CARD_DECLINED = "card_declined";

  private Fate() {}

  /**
   * The fault that a payment method brings to one attempt.
   *
   * @param attempt counts the requests of one key, from 1
   */
  public static Optional<Fault> fault(String paymentMethod, int attempt) {
    return switch (paymentMethod) {
      case "pm_error_twice" -> during(2, attempt, Fault.ERROR_BEFORE_EFFECT);
      case "pm_error_after_effect_once" -> during(1, attempt, Fault.ERROR_AFTER_EFFECT);
      case "pm_garbage_once" -> during(1, attempt, Fault.GARBAGE);
      case "pm_late_effect" -> during(1, attempt, Fault.HANG);
      case "pm_lost_ack_once" -> during(1, attempt, Fault.LOST_ACK);
      case "pm_rate_limited_once" -> during(1, attempt, Fault.RATE_LIMIT);
      case "pm_timeout_once" -> during(1, attempt, Fault.SILENCE);
      default -> Optional.empty();
    };
  }

  /** Why a payment method is always declined; empty if it is not. */
  public static Optional<String> declineCode(String paymentMethod) {
    return switch (paymentMethod) {
      case "pm_card_declined" -> Optional.of(CARD_DECLINED);
      case "pm_insufficient_funds" -> Optional.of("insufficient_funds");
      default -> Optional.empty();
    };
  }

  private static Optional<Fault> during(int attempts, int attempt, Fault fault) {
    return attempt <= attempts ? Optional.of(fault) : Optional.empty();
  }
}
