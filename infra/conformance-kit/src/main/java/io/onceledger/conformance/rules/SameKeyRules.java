package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Family
@DisplayName("5.1 Which keys are the same")
class SameKeyRules {
  private final Ledger ledger;

  SameKeyRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void a_key_of_255_characters_is_accepted_bare_and_quoted() {
    String bare = padded(ledger.newKey());
    String escaped = padded(ledger.newKey() + "\"\\\"");

    assertThat(ledger.charge(bare, ChargeJson.GOOD)).isFirstReceipt();
    assertThat(ledger.charge(quoted(escaped), ChargeJson.GOOD))
        .isFirstReceipt()
        .hasMember("idempotency_key", escaped);
  }

  @Test
  void a_key_and_the_same_key_in_quotes_are_one_key() {
    String key = ledger.newKey();

    Answer first = ledger.charge(key, ChargeJson.GOOD);

    assertThat(first).isFirstReceipt();
    assertThat(ledger.charge(quoted(key), ChargeJson.GOOD)).isReplayOf(first);
  }

  @Test
  void a_key_is_stored_compared_and_shown_without_its_escapes() {
    String key = ledger.newKey() + " a\"b\\c, d; e=%7E+/~";

    Answer first = ledger.charge(quoted(key), ChargeJson.GOOD);

    assertThat(first).isFirstReceipt().hasMember("idempotency_key", key);
    assertThat(ledger.charge(quoted(key), ChargeJson.GOOD)).isReplayOf(first);
  }

  @Test
  void every_visible_character_but_four_may_stand_in_a_bare_key() {
    StringBuilder key = new StringBuilder(ledger.newKey());
    for (char c = '!'; c <= '~'; c++) {
      if ("\"\\,;".indexOf(c) < 0) {
        key.append(c);
      }
    }

    assertThat(ledger.charge(key.toString(), ChargeJson.GOOD))
        .isFirstReceipt()
        .hasMember("idempotency_key", key.toString());
  }

  @Test
  void keys_that_differ_only_in_case_are_two_keys() {
    String key = ledger.newKey() + "-k";

    assertThat(ledger.charge(key, ChargeJson.GOOD)).isFirstReceipt();
    assertThat(ledger.charge(key.toUpperCase(Locale.ROOT), ChargeJson.GOOD)).isFirstReceipt();
  }

  @Test
  void spaces_around_a_key_are_not_part_of_it() {
    String key = ledger.newKey();

    Answer first = ledger.charge(key, ChargeJson.GOOD);

    assertThat(
            ledger.merchant().key("  " + key + "  ").json(ChargeJson.GOOD).postRaw("/v1/charges"))
        .isReplayOf(first);
  }

  private static String padded(String key) {
    return key + "x".repeat(255 - key.length());
  }

  /** The key as an RFC 9651 string. */
  static String quoted(String key) {
    return '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
