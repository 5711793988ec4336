package io.onceledger.mockprocessor.fault;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;

/**
 * The state of {@code /faults}, member by member. Rates lie between 0 and 1.
 *
 * @param notificationRate how many of the notifications are sent at all
 * @param notificationHoldMs how long one is held back at most, waiting to be overtaken
 * @param hangMs how long a request without an answer hangs; more than any caller's patience
 * @param lookupLagMs how long a result stays invisible to look-up
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Faults(
    double declineRate,
    double errorBeforeEffectRate,
    double errorAfterEffectRate,
    double lostAckRate,
    double dropRate,
    double hangRate,
    double rateLimitRate,
    double garbageRate,
    int latencyMs,
    int latencyJitterMs,
    double notificationRate,
    double notificationDuplicateRate,
    double notificationReorderRate,
    int notificationHoldMs,
    double keyRetentionSeconds,
    Caches caches,
    int lookupLagMs,
    boolean cancelSupported,
    boolean lookupSupported,
    int hangMs,
    long seed) {

  /** Half as long again as the worker's default call time-out of 10 s. */
  private static final int DEFAULT_HANG_MS = 15_000;

  /** Where little happens a notification comes late, but while people still look at the charge. */
  private static final int DEFAULT_HOLD_MS = 5_000;

  /** Nothing goes wrong, and the processor promises what its profile says. */
  public static Faults none(
      Caches caches, Duration keyRetention, boolean lookupSupported, boolean cancelSupported) {
    return new Faults(
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        DEFAULT_HOLD_MS,
        keyRetention.toMillis() / 1_000.0,
        caches,
        0,
        cancelSupported,
        lookupSupported,
        DEFAULT_HANG_MS,
        1);
  }

  @JsonIgnore
  public Duration keyRetention() {
    return Duration.ofMillis(Math.round(keyRetentionSeconds * 1_000));
  }

  double rate(Fault fault) {
    return switch (fault) {
      case RATE_LIMIT -> rateLimitRate;
      case DROP -> dropRate;
      case HANG -> hangRate;
      case ERROR_BEFORE_EFFECT -> errorBeforeEffectRate;
      case ERROR_AFTER_EFFECT -> errorAfterEffectRate;
      case LOST_ACK -> lostAckRate;
      case GARBAGE -> garbageRate;
      case SILENCE, NONE -> 0;
    };
  }
}
