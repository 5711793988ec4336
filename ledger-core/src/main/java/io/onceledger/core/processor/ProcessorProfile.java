package io.onceledger.core.processor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the processor promises about keys, and the times that follow.
 *
 * @param caches which answers a key pins
 * @param keyRetention how long the processor remembers a key
 * @param lookUpByKey whether it can be asked what became of a key
 * @param cancelByKey whether it can be told that a key must not take effect
 * @param settleTime after which an absent payment that was absent before will not appear any more
 * @param callTimeout from the first byte to the end of the answer
 * @param clockSkew by which clocks may differ, and slack for recording
 * @param safeResendWindow how long after its first send a key may be on its way again
 * @param retryHorizon how long after its first send an attempt may begin again
 */
public record ProcessorProfile(
    Caches caches,
    Duration keyRetention,
    boolean lookUpByKey,
    boolean cancelByKey,
    Duration settleTime,
    Duration callTimeout,
    Duration clockSkew,
    Duration safeResendWindow,
    Duration retryHorizon) {

  /** Which answers a key pins at the processor. */
  public enum Caches {
    /** Only what took effect or was declined: after an answered failure a resend acts anew. */
    SUCCESSES,
    /** Every first answer, failures included: a resend never acts twice. */
    ALL
  }

  /**
   * The rules of the window that these times break, as sentences with the numbers; empty when an
   * ambiguous attempt can be sent again without risk: {@code retry horizon + call timeout + clock
   * skew ≤ safe-resend window ≤ key retention / 2}.
   */
  public List<String> violations() {
    List<String> broken = new ArrayList<>();
    Duration needed = retryHorizon.plus(callTimeout).plus(clockSkew);
    // A horizon of zero or less means that nothing is sent again, so it needs no window.
    if (isPositive(retryHorizon) && needed.compareTo(safeResendWindow) > 0) {
      broken.add(
          ("LEDGER_PROCESSOR_RETRY_HORIZON %s + LEDGER_PROCESSOR_CALL_TIMEOUT %s "
                  + "+ LEDGER_PROCESSOR_CLOCK_SKEW %s = %s "
                  + "must be at most LEDGER_PROCESSOR_SAFE_RESEND_WINDOW %s")
              .formatted(
                  text(retryHorizon),
                  text(callTimeout),
                  text(clockSkew),
                  text(needed),
                  text(safeResendWindow)));
    }
    if (safeResendWindow.compareTo(keyRetention.dividedBy(2)) > 0) {
      broken.add(
          ("LEDGER_PROCESSOR_SAFE_RESEND_WINDOW %s must be at most half of "
                  + "LEDGER_PROCESSOR_PROFILE_KEY_RETENTION %s")
              .formatted(text(safeResendWindow), text(keyRetention)));
    }
    return broken;
  }

  /**
   * Until when the processor surely knows what it did under a key that was first sent at {@code
   * firstSentAt}. Afterwards it may have forgotten the key with its effect: then neither an absent
   * payment nor a tombstone says anything about that effect.
   */
  Instant remembersUntil(Instant firstSentAt) {
    return firstSentAt.plus(keyRetention).minus(clockSkew);
  }

  /** When a call begins at the latest whose answer surely comes while the processor remembers. */
  Instant lastCallBegins(Instant firstSentAt) {
    return remembersUntil(firstSentAt).minus(callTimeout).minus(clockSkew);
  }

  /** As it is set: {@code 1h30m}, {@code 5s}, {@code 100ms}. */
  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toString().substring(2).toLowerCase(Locale.ROOT)
        : duration.toMillis() + "ms";
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
