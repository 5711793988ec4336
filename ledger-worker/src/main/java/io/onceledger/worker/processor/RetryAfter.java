package io.onceledger.worker.processor;

import java.time.Duration;
import java.util.Optional;

/** Reads {@code Retry-After} in seconds (RFC 9110, section 10.2.3). */
final class RetryAfter {

  /** For a header that is absent or that we cannot read. */
  private static final Duration USUAL = Duration.ofSeconds(1);

  private RetryAfter() {}

  /** The wait that the processor asks for, at most {@code cap}. */
  static Duration read(Optional<String> header, Duration cap) {
    Duration asked =
        header
            .map(String::strip)
            .filter(value -> value.matches("[0-9]{1,9}"))
            .map(value -> Duration.ofSeconds(Long.parseLong(value)))
            .orElse(USUAL);
    return asked.compareTo(cap) > 0 ? cap : asked;
  }
}
