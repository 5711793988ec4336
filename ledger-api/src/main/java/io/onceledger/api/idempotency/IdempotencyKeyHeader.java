package io.onceledger.api.idempotency;

import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.api.sensitive.SensitiveData;
import io.onceledger.core.idempotency.BareToken;
import java.util.List;

/**
 * Reads the {@code Idempotency-Key} header: an RFC 9651 string ({@code "…"}) or a bare token of
 * visible ASCII without {@code " \ , ;}. Both name the same key. 1 to 255 characters; case matters.
 */
public final class IdempotencyKeyHeader {

  /** The place of an error, as a JSON pointer into the headers. */
  private static final String HEADER = "/Idempotency-Key";

  private static final int LONGEST = 255;

  private IdempotencyKeyHeader() {}

  /**
   * The key, unescaped.
   *
   * @param lines the header's lines as they came; null for none
   */
  public static String read(List<String> lines) {
    if (lines == null || lines.isEmpty()) {
      throw Refusal.of(
          ProblemCode.IDEMPOTENCY_KEY_MISSING,
          "Send Idempotency-Key with a value of your own, such as a UUID, that you keep for"
              + " repeats.");
    }
    if (lines.size() > 1) {
      throw invalid("Send the header once.");
    }
    String value = strip(lines.get(0));
    String key = value.startsWith("\"") ? quoted(value) : bare(value);
    if (key.isEmpty() || key.length() > LONGEST) {
      throw invalid("A key has 1 to 255 characters.");
    }
    // It is stored for ever, shown, and sent on.
    SensitiveData.refuse(HEADER, key);
    return key;
  }

  /** Whether {@code key} could have come out of a header. */
  public static boolean isKey(String key) {
    return !key.isEmpty()
        && key.length() <= LONGEST
        && key.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /** Spaces only, as RFC 9651 discards them around an item: a tab is not part of it. */
  private static String strip(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && value.charAt(start) == ' ') {
      start++;
    }
    while (end > start && value.charAt(end - 1) == ' ') {
      end--;
    }
    return value.substring(start, end);
  }

  private static String bare(String value) {
    if (!BareToken.is(value)) {
      throw invalid(
          "Without quotes a key is visible ASCII and has none of \" \\ , ; – put others in"
              + " quotes.");
    }
    return value;
  }

  /** RFC 9651, section 4.2.5; nothing, no parameters either, may follow the closing quote. */
  private static String quoted(String value) {
    StringBuilder key = new StringBuilder(value.length());
    for (int i = 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        if (i != value.length() - 1) {
          throw invalid("Nothing may follow the closing quote.");
        }
        return key.toString();
      }
      if (c == '\\') {
        i++;
        c = i < value.length() ? value.charAt(i) : 0;
        if (c != '"' && c != '\\') {
          throw invalid("In quotes a backslash escapes a quote or a backslash.");
        }
      } else if (c < ' ' || c >= 0x7f) {
        throw invalid("In quotes a key is printable ASCII.");
      }
      key.append(c);
    }
    throw invalid("The closing quote is missing.");
  }

  private static Refusal invalid(String detail) {
    return Refusal.of(ProblemCode.IDEMPOTENCY_KEY_INVALID, detail);
  }
}
