package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("4 Texts and metadata")
class TextRules {
  private final Ledger ledger;

  TextRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<Case> noTexts() {
    return Stream.of(
        Case.member("payment_method", "\"\""),
        Case.member("payment_method", "\"a b\""),
        Case.member("payment_method", "\"pm-card\""),
        Case.member("payment_method", "\"pm_card_visa \""),
        Case.member("payment_method", "\"pm_\u0441ard\""),
        Case.member("payment_method", "\"" + "a".repeat(65) + "\""),
        Case.member("payment_method", "null"),
        Case.member("payment_method", "1"),
        new Case("no payment_method", ChargeJson.without("payment_method"), "/payment_method"),
        Case.member("description", "1"),
        Case.member("description", "true"),
        Case.member("description", "[\"x\"]"),
        Case.member("description", "{}"),
        Case.member("description", "\"a\\u0000b\""),
        Case.member("description", "\"\\ud800\""),
        Case.member("description", "\"\\udc00\\ud800\""),
        Case.member("description", "\"" + "a".repeat(501) + "\""),
        Case.member("metadata", "[]"),
        Case.member("metadata", "\"x\""),
        Case.member("metadata", "1"),
        Case.member("metadata", metadata(51)),
        new Case("a name of 41 characters", withMetadata("a".repeat(41), "\"\""), "/metadata"),
        new Case("a name with half a pair", withMetadata("\\ud800", "\"\""), "/metadata"),
        new Case("a name with NUL", withMetadata("\\u0000", "\"\""), "/metadata"),
        new Case("a number in metadata", withMetadata("k", "1"), "/metadata/k"),
        new Case("null in metadata", withMetadata("k", "null"), "/metadata/k"),
        new Case("an object in metadata", withMetadata("k", "{}"), "/metadata/k"),
        new Case("NUL in metadata", withMetadata("k", "\"\\u0000\""), "/metadata/k"),
        new Case("half a pair in metadata", withMetadata("k", "\"\\udfff\""), "/metadata/k"),
        new Case(
            "501 characters in metadata",
            withMetadata("k", "\"" + "a".repeat(501) + "\""),
            "/metadata/k"));
  }

  @EachCase
  @MethodSource("noTexts")
  void what_is_no_text_of_its_length_is_refused_where_it_stands(Case row) {
    RefusedBody.naming(ledger, row);
  }

  @Test
  void texts_and_metadata_up_to_their_bounds_are_accepted() {
    String longest = "a".repeat(500);
    Answer answer =
        ledger.charge(
            ledger.newKey(),
            ChargeJson.with("description", '"' + longest + '"', "metadata", metadata(50)));

    assertThat(answer)
        .isFirstReceipt()
        .hasMember("description", longest)
        .expect(answer.json().path("metadata").size() == 50, "50 members of metadata");
    assertThat(ledger.charge(ledger.newKey(), withMetadata("k".repeat(40), '"' + longest + '"')))
        .isFirstReceipt();
  }

  @EachCase
  @ValueSource(
      strings = {
        "\ud83d\ude00 and \u00e9",
        "\u202eright to left",
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "${jndi:ldap://127.0.0.1/a}",
        "'; DROP TABLE charge; --",
        "%s %n {0}",
        "  spaces around  "
      })
  void harmless_texts_are_kept_as_sent(String text) {
    Answer first = ledger.charge(ledger.newKey(), ChargeJson.with("description", '"' + text + '"'));

    assertThat(first).isFirstReceipt().hasMember("description", text);
    assertThat(ledger.merchant().get(first.location())).hasMember("description", text);
  }

  @Test
  void escaped_control_characters_are_kept_as_sent() {
    assertThat(
            ledger.charge(
                ledger.newKey(),
                ChargeJson.with("description", "\"a\\u001b[31mb\\r\\nc\\td\\u007f\\\"\\\\\"")))
        .isFirstReceipt()
        .hasMember("description", "a\u001b[31mb\r\nc\td\u007f\"\\");
  }

  private static String withMetadata(String name, String value) {
    return ChargeJson.with("metadata", "{\"" + name + "\":" + value + "}");
  }

  private static String metadata(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> "\"name_" + i + "\":\"x\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
