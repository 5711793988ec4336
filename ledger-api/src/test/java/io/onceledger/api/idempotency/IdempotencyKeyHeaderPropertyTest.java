package io.onceledger.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.api.sensitive.CardNumber;
import io.onceledger.core.idempotency.BareToken;
import io.onceledger.core.testing.Misspellings;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class IdempotencyKeyHeaderPropertyTest {

  @Property
  void a_key_in_quotes_is_read_as_it_was_before_it_was_written(
      @ForAll("keys") String key,
      @ForAll @IntRange(max = 3) int before,
      @ForAll @IntRange(max = 3) int after) {
    String header = " ".repeat(before) + quoted(key) + " ".repeat(after);

    assertThat(IdempotencyKeyHeader.read(List.of(header))).isEqualTo(key);
    assertThat(IdempotencyKeyHeader.isKey(key)).isTrue();
  }

  @Property
  void a_bare_token_is_the_key_that_it_would_be_in_quotes(@ForAll("bareTokens") String key) {
    assertThat(IdempotencyKeyHeader.read(List.of(key)))
        .isEqualTo(IdempotencyKeyHeader.read(List.of(quoted(key))))
        .isEqualTo(key);
  }

  @Property
  void what_is_nearly_a_key_is_another_key_or_invalid(@ForAll("misspeltHeaders") String header) {
    anotherKeyOrInvalid(header);
  }

  @Property
  void any_header_is_a_key_or_invalid(@ForAll String header) {
    anotherKeyOrInvalid(header);
  }

  @Property
  void a_header_that_is_not_there_once_is_missing_or_invalid(@ForAll List<String> lines) {
    if (lines.size() != 1) {
      assertThat(refusal(lines).code())
          .isEqualTo(
              lines.isEmpty()
                  ? ProblemCode.IDEMPOTENCY_KEY_MISSING
                  : ProblemCode.IDEMPOTENCY_KEY_INVALID);
    }
  }

  /** Whatever is read must be one of the two spellings of what it is read as, and nothing else. */
  private static void anotherKeyOrInvalid(String header) {
    try {
      String key = IdempotencyKeyHeader.read(List.of(header));
      assertThat(IdempotencyKeyHeader.isKey(key)).isTrue();
      String value = header.replaceAll("^ +| +$", "");
      assertThat(value).isEqualTo(value.startsWith("\"") ? quoted(key) : key);
      assertThat(value.startsWith("\"") || BareToken.is(key)).isTrue();
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isEqualTo(ProblemCode.IDEMPOTENCY_KEY_INVALID);
    }
  }

  private static Refusal refusal(List<String> lines) {
    return catchThrowableOfType(Refusal.class, () -> IdempotencyKeyHeader.read(lines));
  }

  /** RFC 9651, section 4.1.6. */
  private static String quoted(String key) {
    return '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars("\"\\ ,;")
        .ofMinLength(1)
        .ofMaxLength(255)
        .filter(key -> !CardNumber.isIn(key));
  }

  @Provide
  Arbitrary<String> bareTokens() {
    return Arbitraries.strings()
        .withChars(visible())
        .ofMinLength(1)
        .ofMaxLength(255)
        .filter(key -> !CardNumber.isIn(key));
  }

  @Provide
  Arbitrary<String> misspeltHeaders() {
    Arbitrary<String> quoted = keys().map(IdempotencyKeyHeaderPropertyTest::quoted);
    return Arbitraries.oneOf(quoted, bareTokens()).flatMap(Misspellings::of);
  }

  /** Written out here, so that it is not the code that says what it accepts. */
  private static char[] visible() {
    return ("!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`"
            + "abcdefghijklmnopqrstuvwxyz{|}~")
        .toCharArray();
  }
}
