package io.onceledger.standalone.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What the API answered to a delivery, or that it did not.
 *
 * @param status 0 if there was no answer
 * @param replayed whether it says that it had the key before
 * @param retryAfter zero if it did not say
 * @param body read-only; two are equal if they have the same bytes
 */
public record Answer(int status, boolean replayed, Duration retryAfter, ByteBuffer body) {

  /** What to do with it. */
  enum Verdict {
    ACCEPTED,
    /** Whatever became of the request: deliver it again under the same key. */
    AGAIN,
    /** It will never be accepted. */
    REFUSED
  }

  static Answer none(String why) {
    return new Answer(0, false, Duration.ZERO, StandardCharsets.UTF_8.encode(why));
  }

  Verdict verdict() {
    return switch (status) {
      case 200, 202 -> Verdict.ACCEPTED;
      case 0, 408, 409, 425, 429 -> Verdict.AGAIN;
      default -> status >= 500 ? Verdict.AGAIN : Verdict.REFUSED;
    };
  }

  String why() {
    return status == 0 ? text() : status + " " + text().strip();
  }

  String text() {
    return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
  }
}
