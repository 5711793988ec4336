package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectTest {
  private static final String LINE =
      """
      {"at":"2026-01-01T00:00:00.000000Z","kind":"effect","type":"payment",\
      "merchant_account":"mer_01k0000000e008000000001mr0","idempotency_key":"k","payment":"pay_1",\
      "reference":"ch_1","amount":1000,"currency":"USD","status":"approved"}\
      """;

  @Test
  void an_effect_under_one_of_the_keys_counts() {
    assertThat(Effect.of(LINE, Set.of("k", "l")))
        .containsExactly(new Effect("k", "ch_1", 1000, "USD"));
  }

  @ParameterizedTest
  @CsvSource({
    "\"effect\", \"absorbed\"",
    "\"payment\", \"refund\"",
    "mer_01k0000000e008000000001mr0, mer_01k0000000e008000000001b1y",
    "\"k\", \"other\"",
  })
  void every_other_line_does_not(String part, String other) {
    assertThat(Effect.of(LINE.replaceFirst(part, other), Set.of("k"))).isEmpty();
  }
}
