package io.onceledger.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyHeaderTest {

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("k", "k"),
        Arguments.of("\"k\"", "k"),
        Arguments.of(" k ", "k"),
        Arguments.of("\"a b\"", "a b"),
        Arguments.of("\" \"", " "),
        Arguments.of("\"say \\\"hi\\\"\"", "say \"hi\""),
        Arguments.of("\"back\\\\slash\"", "back\\slash"),
        Arguments.of("\"a,b;c\"", "a,b;c"),
        Arguments.of("!#$%&'()*+-./:<=>?@[]^_`{|}~", "!#$%&'()*+-./:<=>?@[]^_`{|}~"),
        Arguments.of("a".repeat(255), "a".repeat(255)),
        Arguments.of("\"" + "\\\\".repeat(255) + "\"", "\\".repeat(255)));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void a_key_is_what_is_left_when_quotes_and_escapes_are_taken_away(String header, String key) {
    assertThat(IdempotencyKeyHeader.read(List.of(header))).isEqualTo(key);
  }

  static Stream<String> others() {
    return Stream.of(
        "",
        " ",
        "\"\"",
        "\"",
        "\"a",
        "a\"",
        "a b",
        "a,b",
        "a;b",
        "a\\b",
        "\"a\\n\"",
        "\"a\\",
        "\"a\" b",
        "\"a\";p=1",
        "\"a\tb\"",
        "a\tb",
        "\ta",
        "\"a\u007f\"",
        "\u00e9",
        "\"\u00e9\"",
        "a".repeat(256),
        "\"" + "a".repeat(256) + "\"");
  }

  @ParameterizedTest
  @MethodSource("others")
  void anything_else_is_invalid(String header) {
    assertThatThrownBy(() -> IdempotencyKeyHeader.read(List.of(header)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.IDEMPOTENCY_KEY_INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void two_lines_are_invalid_equal_or_not(String second) {
    assertThatThrownBy(() -> IdempotencyKeyHeader.read(List.of("a", second)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.IDEMPOTENCY_KEY_INVALID));
  }

  @Test
  void no_line_is_missing() {
    assertThatThrownBy(() -> IdempotencyKeyHeader.read(List.of()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.IDEMPOTENCY_KEY_MISSING));
  }
}
