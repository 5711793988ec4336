package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.http.Request;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("4 Who may ask")
class AccessRules {
  private final Ledger ledger;

  AccessRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<Arguments> strangers() {
    return Stream.of(
        stranger("no Authorization", Ledger::stranger),
        stranger("an empty one", one -> one.stranger().header("Authorization", "")),
        stranger("no key", one -> one.stranger().header("Authorization", "Bearer")),
        stranger("an unknown key", one -> bearer(one, "sk_test_" + one.newKey())),
        stranger("a key cut short", one -> bearer(one, one.merchantKey().substring(1))),
        stranger("a key in another case", one -> bearer(one, swapCase(one.merchantKey()))),
        stranger(
            "another scheme",
            one -> one.stranger().header("Authorization", "Basic " + one.merchantKey())),
        stranger("no scheme", one -> one.stranger().header("Authorization", one.merchantKey())),
        stranger(
            "two of them",
            one -> one.merchant().header("Authorization", one.merchantAuthorization())));
  }

  private static Arguments stranger(String what, Function<Ledger, Request> request) {
    return Arguments.of(what, request);
  }

  @EachCase
  @MethodSource("strangers")
  void a_stranger_gets_the_same_401_whatever_is_wrong(
      String what, Function<Ledger, Request> request) {
    Answer known = ledger.stranger().get("/v1/charges");

    for (String path : List.of("/v1/charges", "/v1/charges/ch_x", "/v1/ops/invariants")) {
      Answer seen = request.apply(ledger).get(path);
      assertThat(seen)
          .isProblem(401, "unauthenticated")
          .hasHeader("WWW-Authenticate")
          .expect(seen.body().equals(known.body()), "the same for all: " + known.body());
    }
    assertThat(request.apply(ledger).key(ledger.newKey()).json(ChargeJson.GOOD).post("/v1/charges"))
        .isProblem(401, "unauthenticated");
  }

  @Test
  void a_key_in_the_query_string_is_not_read() {
    for (String name : List.of("key", "api_key", "access_token", "Authorization")) {
      assertThat(ledger.stranger().get("/v1/charges?" + name + "=" + ledger.newKey()))
          .isProblem(401, "unauthenticated");
    }
  }

  @EachCase
  @ValueSource(strings = {"/v1/ops/invariants", "/v1/ops/conservation", "/v1/ops/outbox"})
  void a_merchant_may_not_ask_what_is_the_operators(String path) {
    assertThat(ledger.merchant().get(path)).isProblem(403, "forbidden");
  }

  @Test
  void a_merchant_may_not_make_merchants() {
    assertThat(ledger.merchant().json("{\"name\":\"x\"}").post("/v1/merchants"))
        .isProblem(403, "forbidden");
  }

  @EachCase
  @ValueSource(strings = {"/v1/charges", "/v1/charges/ch_x", "/v1/entries", "/v1/accounts"})
  void the_operator_may_not_ask_what_is_a_merchants(String path) {
    assertThat(ledger.operator().get(path)).isProblem(403, "forbidden");
  }

  @Test
  void the_operator_may_not_charge() {
    assertThat(ledger.operator().key(ledger.newKey()).json(ChargeJson.GOOD).post("/v1/charges"))
        .isProblem(403, "forbidden");
  }

  @Test
  void no_other_origin_is_let_in() {
    Answer preflight =
        ledger
            .stranger()
            .header("Origin", "https://elsewhere.example")
            .header("Access-Control-Request-Method", "POST")
            .send("OPTIONS", "/v1/charges");
    Answer request =
        ledger.merchant().header("Origin", "https://elsewhere.example").get("/v1/charges?limit=1");

    for (Answer answer : List.of(preflight, request)) {
      assertThat(answer)
          .expect(
              answer.headers().keySet().stream()
                  .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-a")),
              "no Access-Control-Allow-*");
    }
  }

  @Test
  void the_description_of_the_api_needs_no_key() {
    Answer description = ledger.stranger().header("Accept", "application/json").get("/openapi");

    assertThat(description)
        .hasStatus(200)
        .expect(description.json().path("paths").has("/v1/charges"), "JSON with path /v1/charges");
  }

  private static Request bearer(Ledger ledger, String key) {
    return ledger.stranger().header("Authorization", "Bearer " + key);
  }

  private static String swapCase(String text) {
    return text.codePoints()
        .map(c -> Character.isLowerCase(c) ? Character.toUpperCase(c) : Character.toLowerCase(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
