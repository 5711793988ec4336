package io.onceledger.mockprocessor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySyntaxTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "k, k",
        "\"k\", k",
        "\"a b\", a b",
        "\"a\\\"b\", a\"b",
        "\"a\\\\b\", a\\b",
        "`\"a,b;c\"`, `a,b;c`",
        "a=b!~, a=b!~",
      })
  void a_field_denotes_its_unescaped_value(String field, String value) {
    assertThat(KeySyntax.parse(field)).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        "a b",
        "a\"b",
        "a\\b",
        "a,b",
        "a;b",
        "\"a",
        "\"a\"b",
        "\"a\";p=1",
        "\"a\\",
        "\"a\\n\"",
        "\"a\tb\"",
        "a\tb",
        "\u00e9",
        "\"\u00e9\"",
        "\u007f",
        "\"\u007f\"",
      })
  void anything_else_is_no_key(String field) {
    assertThat(KeySyntax.parse(field)).isEmpty();
  }

  @Test
  void a_value_has_up_to_255_characters_after_unescaping() {
    assertThat(KeySyntax.parse("k".repeat(255))).contains("k".repeat(255));
    assertThat(KeySyntax.parse("\"" + "\\\"".repeat(255) + "\"")).contains("\"".repeat(255));
    assertThat(KeySyntax.parse("k".repeat(256))).isEmpty();
    assertThat(KeySyntax.parse("\"" + "k".repeat(256) + "\"")).isEmpty();
  }
}
