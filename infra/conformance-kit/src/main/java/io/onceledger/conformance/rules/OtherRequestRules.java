package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Family
@DisplayName("5.2 A key that was used for another request")
class OtherRequestRules {
  private static final String METADATA =
      "{\"order\":\"first-order-4711\",\"a/b~c\":\"first-slash-4711\"}";
  private static final String FIRST =
      ChargeJson.with("description", "\"first-text-4711\"", "metadata", METADATA);

  private final Ledger ledger;

  OtherRequestRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        changed("another amount", "100", "101", "/amount"),
        changed("another currency", "USD", "EUR", "/currency"),
        changed("another payment method", "pm_card_visa", "pm_card_other", "/payment_method"),
        changed("another description", "first-text", "other-text", "/description"),
        changed("a description with a space more", "text-4711\"", "text-4711 \"", "/description"),
        changed("a description in capitals", "first-text", "FIRST-TEXT", "/description"),
        changed("no description", "\"description\":\"first-text-4711\",", "", "/description"),
        changed("another metadata value", "first-order", "other-order", "/metadata/order"),
        changed("another value under an odd name", "first-sla", "other-sla", "/metadata/a~1b~0c"),
        changed(
            "one metadata name more",
            "{\"order",
            "{\"more\":\"other-4711\",\"order",
            "/metadata/more"),
        changed("one metadata name less", "\"order\":\"first-order-4711\",", "", "/metadata/order"),
        changed(
            "a metadata name in another case",
            "\"order\"",
            "\"Order\"",
            "/metadata/order",
            "/metadata/Order"),
        changed(
            "no metadata", ",\"metadata\":" + METADATA, "", "/metadata/order", "/metadata/a~1b~0c"),
        changed(
            "amount and currency",
            "100,\"currency\":\"USD\"",
            "7,\"currency\":\"EUR\"",
            "/amount",
            "/currency"));
  }

  private static Arguments changed(String what, String from, String to, String... pointers) {
    return Arguments.of(what, FIRST.replace(from, to), pointers);
  }

  @EachCase
  @MethodSource("changes")
  void another_value_is_refused_naming_exactly_the_fields_and_the_first_charge_but_no_values(
      String what, String other, String[] pointers) {
    String key = ledger.newKey();
    Answer first = ledger.charge(key, FIRST);
    assertThat(first).isFirstReceipt();

    assertThat(ledger.charge(key, other))
        .isProblem(422, "idempotency-key-reused")
        .pointsAt(pointers)
        .hasMember("resource", first.location())
        .doesNotEcho("4711", "pm_card", "USD", "EUR");
  }

  @Test
  void a_refused_repeat_changes_nothing_for_the_first_request() {
    String key = ledger.newKey();
    Answer first = ledger.charge(key, ChargeJson.GOOD);

    assertThat(ledger.charge(key, ChargeJson.with("amount", "101"))).hasStatus(422);

    assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(first);
    assertThat(ledger.merchant().get(first.location())).hasStatus(200).hasMember("amount", "100");
  }

  @Test
  void equal_requests_under_two_keys_are_two_charges() {
    Answer one = ledger.charge(ledger.newKey(), ChargeJson.GOOD);
    Answer two = ledger.charge(ledger.newKey(), ChargeJson.GOOD);

    assertThat(one).isFirstReceipt();
    assertThat(two)
        .isFirstReceipt()
        .expect(!two.text("id").equals(one.text("id")), "another charge than " + one.text("id"));
  }
}
