package io.onceledger.api.acceptance;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code Prefer: wait=N} (RFC 7240): for how many seconds an answer may be put off. */
final class PreferredWait {

  private static final int LONGEST_SECONDS = 30;

  private static final Pattern NAME = Pattern.compile("(?i)wait\\s*(?:=|;|$)");

  /** The value may be quoted, and parameters of the preference may follow it. */
  private static final Pattern WAIT =
      Pattern.compile("(?i)wait\\s*=\\s*(?:\"(\\d+)\"|(\\d+))\\s*(?:;.*)?");

  private PreferredWait() {}

  /**
   * Seconds, 0 to 30; larger ones count as 30. Empty when there is no such preference, or none that
   * can be read: RFC 7240 has it ignored then.
   *
   * @param lines of the header; null for none
   */
  static OptionalInt seconds(List<String> lines) {
    if (lines == null) {
      return OptionalInt.empty();
    }
    // Of a preference that is given twice, the first one counts (RFC 7240, section 2).
    return lines.stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(String::strip)
        .filter(preference -> NAME.matcher(preference).lookingAt())
        .limit(1)
        .map(WAIT::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
        .mapToInt(PreferredWait::cap)
        .findFirst();
  }

  private static int cap(String digits) {
    // Three digits and more exceed the cap without being read.
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > 2
        ? LONGEST_SECONDS
        : Math.min(LONGEST_SECONDS, Integer.parseInt(significant));
  }
}
