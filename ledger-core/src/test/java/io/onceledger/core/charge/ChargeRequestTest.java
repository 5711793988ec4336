package io.onceledger.core.charge;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.idempotency.Fingerprint;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChargeRequestTest {

  private static final ChargeRequest FIRST =
      request(1000, "USD", "pm_card_visa", "a", Map.of("k", "1"));

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(request(1001, "USD", "pm_card_visa", "a", Map.of("k", "1")), "/amount"),
        Arguments.of(request(1000, "EUR", "pm_card_visa", "a", Map.of("k", "1")), "/currency"),
        Arguments.of(request(1000, "USD", "pm_other", "a", Map.of("k", "1")), "/payment_method"),
        Arguments.of(request(1000, "USD", "pm_card_visa", "", Map.of("k", "1")), "/description"),
        Arguments.of(request(1000, "USD", "pm_card_visa", null, Map.of("k", "1")), "/description"),
        Arguments.of(request(1000, "USD", "pm_card_visa", "a", Map.of("k", "2")), "/metadata/k"),
        Arguments.of(request(1000, "USD", "pm_card_visa", "a", Map.of()), "/metadata/k"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void another_value_is_another_fingerprint_and_is_named(ChargeRequest other, String pointer) {
    assertThat(other.fingerprint(Fingerprint.VERSION))
        .isNotEqualTo(FIRST.fingerprint(Fingerprint.VERSION));
    assertThat(FIRST.differences(other)).containsExactly(pointer);
  }

  @Test
  void the_same_values_are_the_same_fingerprint() {
    ChargeRequest same = request(1000, "USD", "pm_card_visa", "a", Map.of("k", "1"));

    assertThat(same.fingerprint(Fingerprint.VERSION))
        .isEqualTo(FIRST.fingerprint(Fingerprint.VERSION));
    assertThat(FIRST.differences(same)).isEmpty();
  }

  @Test
  void names_are_escaped_in_pointers() {
    ChargeRequest other = request(1000, "USD", "pm_card_visa", "a", Map.of("k", "1", "a/b~c", "2"));

    assertThat(FIRST.differences(other)).containsExactly("/metadata/a~1b~0c");
  }

  private static ChargeRequest request(
      long amount, String currency, String method, String description, Map<String, String> meta) {
    return new ChargeRequest(amount, currency, method, description, new TreeMap<>(meta));
  }
}
