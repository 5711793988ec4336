package io.onceledger.mockprocessor.idempotency;

import java.util.Optional;

/**
 * How a key is written in {@code Idempotency-Key}: a bare token, or a string as in RFC 9651 section
 * 3.3.3. Both denote the unescaped value, so {@code "k"} and {@code k} are one key.
 */
public final class KeySyntax {
  public static final int MAX_LENGTH = 255;

  private static final String NOT_IN_TOKENS = "\"\\,;";

  private KeySyntax() {}

  /** The value that a header field denotes; empty if it is no key. */
  public static Optional<String> parse(String field) {
    Optional<String> value = field.startsWith("\"") ? unquote(field) : token(field);
    return value.filter(KeySyntax::isValue);
  }

  /** Whether a text can be a key's value: 1 to 255 printable ASCII characters. */
  public static boolean isValue(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_LENGTH
        && value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static Optional<String> token(String field) {
    boolean bare = field.chars().allMatch(c -> c > ' ' && c <= '~' && NOT_IN_TOKENS.indexOf(c) < 0);
    return bare ? Optional.of(field) : Optional.empty();
  }

  private static Optional<String> unquote(String field) {
    StringBuilder value = new StringBuilder(field.length());
    for (int i = 1; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '"') {
        return i == field.length() - 1 ? Optional.of(value.toString()) : Optional.empty();
      }
      if (c == '\\') {
        i++;
        if (i == field.length() || (field.charAt(i) != '"' && field.charAt(i) != '\\')) {
          return Optional.empty();
        }
      }
      value.append(field.charAt(i));
    }
    return Optional.empty();
  }
}
