package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.http.Request;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Family
@DisplayName("5.5 What is refused leaves the key free")
class RefusalRules {
  private final Ledger ledger;

  RefusalRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("400 malformed-json", 400, body("{\"amount\":")),
        refusal("400 validation-error", 400, body(ChargeJson.with("amount", "0"))),
        refusal("400 validation-error, a currency not in use", 400, currency("XXX")),
        refusal("400 validation-error, an unknown member", 400, body(ChargeJson.with("id", "1"))),
        refusal("400 sensitive-data", 400, description("4111 1111 1111 1111")),
        refusal(
            "401",
            401,
            (ledger, key) -> ledger.stranger().key(key).json(ChargeJson.GOOD).post("/v1/charges")),
        refusal(
            "404",
            404,
            (ledger, key) -> good(ledger, key).json(ChargeJson.GOOD).post("/v1/charge")),
        refusal(
            "405",
            405,
            (ledger, key) -> good(ledger, key).json(ChargeJson.GOOD).send("PUT", "/v1/charges")),
        refusal("413", 413, body(ChargeJson.GOOD + " ".repeat(65 * 1024))),
        refusal(
            "415",
            415,
            (ledger, key) ->
                good(ledger, key)
                    .header("Content-Type", "text/plain")
                    .body(ChargeJson.GOOD)
                    .post("/v1/charges")));
  }

  @EachCase
  @MethodSource("refusals")
  void the_corrected_request_under_the_same_key_is_carried_out(
      String what, int status, BiFunction<Ledger, String, Answer> delivery) {
    String key = ledger.newKey();

    assertThat(delivery.apply(ledger, key)).hasStatus(status);

    assertThat(ledger.charge(key, ChargeJson.GOOD)).isFirstReceipt();
  }

  private static Arguments refusal(
      String what, int status, BiFunction<Ledger, String, Answer> delivery) {
    return Arguments.of(what, status, delivery);
  }

  private static BiFunction<Ledger, String, Answer> currency(String currency) {
    return body(ChargeJson.with("currency", '"' + currency + '"'));
  }

  private static BiFunction<Ledger, String, Answer> description(String text) {
    return body(ChargeJson.with("description", '"' + text + '"'));
  }

  private static BiFunction<Ledger, String, Answer> body(String body) {
    return (ledger, key) -> ledger.charge(key, body);
  }

  private static Request good(Ledger ledger, String key) {
    return ledger.merchant().key(key);
  }
}
