package io.onceledger.worker.processor;

import java.time.Duration;
import java.util.Optional;

/** What came back from one call. */
public sealed interface Answer {

  /**
   * Not a byte left us.
   *
   * @param unreachable whether the processor refused the connection; else it was us: too late to
   *     begin, or too many at once
   */
  record NotSent(String reason, boolean unreachable) implements Answer {}

  /** Something left us, and no whole answer came: time-out, reset, or more than is read. */
  record Lost(String reason, int latencyMillis) implements Answer {}

  /**
   * A whole answer.
   *
   * @param retryAfter what the processor asks to wait; empty when it asks for nothing
   * @param body at most {@link ProcessorClient#LARGEST_BODY} bytes, as UTF-8
   */
  record Received(int status, Optional<Duration> retryAfter, String body, int latencyMillis)
      implements Answer {}
}
