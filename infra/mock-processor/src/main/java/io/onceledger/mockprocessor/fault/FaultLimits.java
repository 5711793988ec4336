package io.onceledger.mockprocessor.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What the members of {@code /faults} may be. */
final class FaultLimits {
  /** A day: longer than any run, and safe from overflow where two of them are added. */
  private static final int MAX_MS = 86_400_000;

  /** Ten years; the longest retention that a processor could mean. */
  private static final int MAX_RETENTION_SECONDS = 315_360_000;

  private FaultLimits() {}

  /** What a member must be, if this value is not it. */
  static Optional<String> complaint(String name, JsonNode value) {
    return switch (name) {
      case "caches" ->
          unless(
              "successes".equals(value.textValue()) || "all".equals(value.textValue()),
              "\"successes\" or \"all\"");
      case "cancel_supported", "lookup_supported" -> unless(value.isBoolean(), "true or false");
      case "seed" ->
          unless(value.isIntegralNumber() && value.canConvertToLong(), "a 64-bit integer");
      case "key_retention_seconds" ->
          unless(
              within(value, MAX_RETENTION_SECONDS), "a number from 0 to " + MAX_RETENTION_SECONDS);
      default ->
          name.endsWith("_ms")
              ? unless(
                  value.isIntegralNumber() && within(value, MAX_MS),
                  "an integer from 0 to " + MAX_MS)
              : unless(within(value, 1), "a number from 0 to 1");
    };
  }

  private static boolean within(JsonNode value, int max) {
    return value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= max;
  }

  private static Optional<String> unless(boolean right, String rule) {
    return right ? Optional.empty() : Optional.of(rule);
  }
}
