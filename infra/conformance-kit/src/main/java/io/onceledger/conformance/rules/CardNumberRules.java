package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Ledger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are the networks' published test numbers: they belong to nobody. */
@Family
@DisplayName("4 Card numbers")
class CardNumberRules {
  private final Ledger ledger;

  CardNumberRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<String> cardNumbers() {
    return Stream.of(
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "card 4111111111111111, 12/30",
        "5555 5555 5555 4444",
        "2223003122003222",
        "378282246310005",
        "3782 822463 10005",
        "6011111111111117");
  }

  @EachCase
  @MethodSource("cardNumbers")
  void a_card_number_in_a_description_is_refused_and_not_repeated(String number) {
    RefusedBody.delivered(
            ledger, ChargeJson.with("description", '"' + number + '"'), 400, "sensitive-data")
        .doesNotEcho(number);
  }

  @EachCase
  @MethodSource("cardNumbers")
  void a_card_number_in_metadata_is_refused_and_not_repeated(String number) {
    RefusedBody.delivered(
            ledger,
            ChargeJson.with("metadata", "{\"note\":\"" + number + "\"}"),
            400,
            "sensitive-data")
        .doesNotEcho(number);
  }

  @Test
  void a_card_number_in_place_of_a_payment_method_is_refused() {
    RefusedBody.delivered(
            ledger,
            ChargeJson.with("payment_method", "\"4111111111111111\""),
            400,
            "sensitive-data")
        .doesNotEcho("4111111111111111");
  }

  @Test
  void a_card_object_is_refused() {
    RefusedBody.delivered(
            ledger,
            ChargeJson.with("card", "{\"number\":\"4111111111111111\",\"cvc\":\"123\"}"),
            400,
            "sensitive-data")
        .doesNotEcho("4111111111111111", "123");
  }

  @EachCase
  @ValueSource(
      strings = {
        // Passes Luhn, but is of no network.
        "order 1234567812345670",
        // An IMEI: 15 digits that pass Luhn and begin as no card of 15 digits does.
        "IMEI 490154203237518",
        // Does not pass Luhn.
        "4111111111111112",
        // Within a longer number.
        "order 94111111111111111",
        "ch_01m7yvwkpwe5z9mz9gsqa4gv68",
        "2026-11-21 11:00:00"
      })
  void a_number_that_only_looks_like_one_is_accepted(String text) {
    assertThat(ledger.charge(ledger.newKey(), ChargeJson.with("description", '"' + text + '"')))
        .isFirstReceipt()
        .hasMember("description", text);
  }
}
