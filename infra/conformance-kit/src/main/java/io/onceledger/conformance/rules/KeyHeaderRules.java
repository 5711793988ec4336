package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("5.1 The header Idempotency-Key")
class KeyHeaderRules {
  private final Ledger ledger;

  KeyHeaderRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void a_charge_without_a_key_is_refused() {
    assertThat(ledger.merchant().json(ChargeJson.GOOD).post("/v1/charges"))
        .isProblem(400, "idempotency-key-missing");
  }

  @EachCase
  @ValueSource(strings = {"", " ", "    "})
  void an_empty_key_is_refused(String key) {
    assertThat(raw(key)).isProblem(400, "idempotency-key-missing", "idempotency-key-invalid");
  }

  @EachCase
  @ValueSource(strings = {" ", ",", ";", "\\", "\"", ", ", ";v=1"})
  void a_bare_key_is_visible_ascii_without_quote_backslash_comma_and_semicolon(String between) {
    assertThat(ledger.charge("a" + between + ledger.newKey(), ChargeJson.GOOD))
        .isProblem(400, "idempotency-key-invalid");
  }

  static Stream<String> quotedButNotStrings() {
    return Stream.of(
        "\"\"",
        "\"",
        "\"KEY",
        "\"KEY\";a=1",
        "\"KEY\" ;a",
        "\"KEY\"x",
        "\"KEY\", \"KEY\"",
        "\"a\\xKEY\"",
        "\"KEY\\\"",
        "\"KEY\"\"KEY\"",
        "'KEY\"",
        "(\"KEY\")",
        "x\"KEY\"");
  }

  @EachCase
  @MethodSource("quotedButNotStrings")
  void a_quoted_key_is_one_rfc_9651_string_and_nothing_after_it(String header) {
    assertThat(ledger.charge(header.replace("KEY", ledger.newKey()), ChargeJson.GOOD))
        .isProblem(400, "idempotency-key-invalid");
  }

  static Stream<String> bytesThatAreNoText() {
    // Values are sent as Latin-1: the first two are UTF-8, the third is one byte above ASCII.
    return Stream.of(latin1("ключ"), latin1("\"é\""), "\u00e9", "a\tb", "\"a\tb\"");
  }

  @EachCase
  @MethodSource("bytesThatAreNoText")
  void tabs_and_bytes_above_ascii_are_refused(String key) {
    assertThat(raw(key)).isProblem(400, "idempotency-key-invalid");
  }

  /** They have no place in HTTP, whose server may refuse them before the ledger sees them. */
  @EachCase
  @ValueSource(strings = {"a\u0000b", "a\u0001b", "a\u001bb", "a\u007fb", "\"a\u007fb\""})
  void control_characters_are_refused(String key) {
    Answer answer = raw(key);

    assertThat(answer).hasStatus(400);
    if (!answer.body().isEmpty()) {
      assertThat(answer).isProblem(400, "idempotency-key-invalid");
    }
  }

  @EachCase
  @ValueSource(ints = {256, 1_000, 4_000})
  void a_key_of_more_than_255_characters_is_refused(int length) {
    String begin = ledger.newKey();
    String key = begin + "x".repeat(length - begin.length());

    assertThat(ledger.charge(key, ChargeJson.GOOD)).isProblem(400, "idempotency-key-invalid");
    assertThat(ledger.charge(SameKeyRules.quoted(key), ChargeJson.GOOD))
        .isProblem(400, "idempotency-key-invalid");
  }

  @Test
  void two_header_lines_are_refused_equal_or_not() {
    String first = ledger.newKey();
    for (String second : List.of(ledger.newKey(), first)) {
      assertThat(ledger.merchant().key(first).key(second).json(ChargeJson.GOOD).post("/v1/charges"))
          .isProblem(400, "idempotency-key-invalid");
    }
  }

  @Test
  void the_header_is_ignored_where_no_key_is_needed() {
    assertThat(ledger.merchant().key("a b").key(",").get("/v1/charges?limit=1")).hasStatus(200);
  }

  private Answer raw(String key) {
    return ledger.merchant().key(key).json(ChargeJson.GOOD).postRaw("/v1/charges");
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
