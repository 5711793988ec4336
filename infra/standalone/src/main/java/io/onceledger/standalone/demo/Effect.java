package io.onceledger.standalone.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processor took money, once.
 *
 * @param reference the charge for which it was told to
 */
public record Effect(String idempotencyKey, String reference, long amount, String currency) {
  /** The merchant {@code demo}: standalone's seed, its id in the outside form. */
  private static final String MERCHANT_ACCOUNT = "mer_01k0000000e008000000001mr0";

  /** The effect that a line of the journal tells of, if it is one under one of the keys. */
  static Stream<Effect> of(String line, Set<String> keys) {
    // Most lines of a journal are about something else, and parsing is what costs.
    if (!line.contains("\"effect\"")) {
      return Stream.empty();
    }
    JsonNode entry;
    try {
      entry = Http.JSON.readTree(line);
    } catch (JsonProcessingException noJson) {
      throw new GivenUpException("the processor's journal has a line that is not JSON: " + line);
    }
    boolean ours =
        entry.path("kind").asText().equals("effect")
            && entry.path("type").asText("payment").equals("payment")
            && entry.path("merchant_account").asText().equals(MERCHANT_ACCOUNT)
            && keys.contains(entry.path("idempotency_key").asText());
    return ours ? Stream.of(of(entry)) : Stream.empty();
  }

  private static Effect of(JsonNode entry) {
    return new Effect(
        entry.path("idempotency_key").asText(),
        entry.path("reference").asText(),
        entry.path("amount").asLong(),
        entry.path("currency").asText());
  }
}
