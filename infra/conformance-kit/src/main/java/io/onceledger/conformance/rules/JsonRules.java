package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Ledger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("4 JSON and nothing else")
class JsonRules {
  private static final String BODY = ChargeJson.GOOD;

  private final Ledger ledger;

  JsonRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<Case> notOneObject() {
    String members = BODY.substring(1, BODY.length() - 1);
    return Stream.of(
        Case.of("empty", ""),
        Case.of("white space", " \n"),
        Case.of("null", "null"),
        Case.of("an array", "[" + BODY + "]"),
        Case.of("an empty array", "[]"),
        Case.of("a text", "\"x\""),
        Case.of("a number", "1"),
        Case.of("true", "true"),
        Case.of("truncated", BODY.substring(0, BODY.length() - 1)),
        Case.of("truncated in a text", BODY.substring(0, BODY.length() - 4)),
        Case.of("a trailing comma", "{" + members + ",}"),
        Case.of("a leading comma", "{," + members + "}"),
        Case.of("a block comment", "{/* */" + members + "}"),
        Case.of("a line comment", BODY + "// more"),
        Case.of("a hash comment", "# more\n" + BODY),
        Case.of("single quotes", BODY.replace('"', '\'')),
        Case.of("names without quotes", BODY.replace("\"amount\"", "amount")),
        Case.of("a line break in a text", BODY.replace("pm_card", "pm\ncard")),
        Case.of("an unknown escape", BODY.replace("USD", "US\\D")),
        Case.of("two documents", BODY + BODY),
        Case.of("two documents in two lines", BODY + "\n" + BODY),
        Case.of("garbage behind it", BODY + "}"),
        Case.of("a word behind it", BODY + " x"),
        Case.of("a byte order mark", "\ufeff" + BODY),
        Case.of("form data", "amount=100&currency=USD&payment_method=pm_card_visa"),
        Case.of("XML", "<amount>100</amount>"));
  }

  @EachCase
  @MethodSource("notOneObject")
  void what_is_not_one_json_object_is_malformed(Case row) {
    RefusedBody.delivered(ledger, row.body(), 400, "malformed-json");
  }

  static Stream<Case> membersTwice() {
    return Stream.of(
            "\"amount\":100", "\"amount\":1", "\"\\u0061mount\":100", "\"currency\":\"USD\"")
        .flatMap(
            member ->
                Stream.of(
                    Case.of(member + " behind", BODY.replace("}", "," + member + "}")),
                    Case.of(member + " before", BODY.replace("{", "{" + member + ","))));
  }

  @EachCase
  @MethodSource("membersTwice")
  void the_same_member_twice_is_refused_also_by_escape(Case row) {
    RefusedBody.delivered(ledger, row.body(), 400, "malformed-json");
  }

  @Test
  void the_same_metadata_name_twice_is_refused() {
    RefusedBody.delivered(
        ledger,
        ChargeJson.with("metadata", "{\"a\":\"1\",\"\\u0061\":\"1\"}"),
        400,
        "malformed-json");
  }

  @EachCase
  @ValueSource(
      strings = {"status", "id", "merchant_id", "Amount", "amount ", "fee", "__proto__", "a/b~c"})
  void an_unknown_member_is_refused_by_name(String name) {
    String pointer = "/" + name.replace("~", "~0").replace("/", "~1");
    RefusedBody.naming(ledger, new Case(name, ChargeJson.with(name, "\"x\""), pointer));
  }

  @Test
  void all_errors_of_a_body_are_named_at_once() {
    RefusedBody.delivered(
            ledger,
            ChargeJson.with("amount", "0", "currency", "\"usd\"", "unknown", "1"),
            400,
            "validation-error")
        .pointsAt("/amount", "/currency", "/unknown");
  }

  @Test
  void nesting_has_a_bound() {
    assertThat(
            ledger.charge(
                ledger.newKey(),
                ChargeJson.with("metadata", "[".repeat(5_000) + "]".repeat(5_000))))
        .isProblem(400, "malformed-json", "validation-error");
  }
}
