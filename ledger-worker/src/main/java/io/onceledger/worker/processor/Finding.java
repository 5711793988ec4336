package io.onceledger.worker.processor;

import io.onceledger.core.processor.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What one answer proves.
 *
 * @param httpStatus null when there was no answer
 * @param payment the processor's id of the payment, when there is one
 * @param declineCode null unless declined
 * @param retryAfter how long the processor asks us to wait
 * @param unusable whether the processor could not be used at all: it refused the connection, or our
 *     configuration
 */
public record Finding(
    Outcome outcome,
    Integer httpStatus,
    Integer latencyMillis,
    String payment,
    String declineCode,
    Optional<Duration> retryAfter,
    boolean unusable) {

  private static final int REQUEST_TIMEOUT = 408;

  /**
   * Whether the call speaks against the processor: it could not be used, did not answer in time, or
   * failed itself. That it wants less of us (429), or does not want what we sent, does not.
   */
  boolean isFailure() {
    boolean unanswered = httpStatus == null && latencyMillis != null;
    boolean failed = httpStatus != null && (httpStatus == REQUEST_TIMEOUT || httpStatus >= 500);
    return unusable || unanswered || failed;
  }

  /** For the log: nothing of a body. */
  String text() {
    if (httpStatus != null) {
      return "it answers with status " + httpStatus;
    }
    return unusable ? "it cannot be reached" : "it does not answer in time";
  }

  static Finding of(Outcome outcome, Integer httpStatus, Integer latencyMillis) {
    return new Finding(outcome, httpStatus, latencyMillis, null, null, Optional.empty(), false);
  }

  Finding asUnusable() {
    return new Finding(outcome, httpStatus, latencyMillis, payment, declineCode, retryAfter, true);
  }

  Finding after(Duration wait) {
    return new Finding(
        outcome, httpStatus, latencyMillis, payment, declineCode, Optional.of(wait), unusable);
  }
}
