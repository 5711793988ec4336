package io.onceledger.worker.crashpoint;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What boundaries are called. */
final class Points {

  static final String BEFORE_CONNECTION = "before it connects";
  static final String BEFORE_COMMIT = "before COMMIT";
  static final String AFTER_COMMIT = "after COMMIT";

  /** The claim's deadline is checked after this one. */
  static final String CONNECTED = "connected";

  static final String BEFORE_FIRST_BYTE = "before the first byte";
  static final String ARRIVED = "before the processor acts";
  static final String ACTED = "before the processor answers";

  private static final Pattern WRITE =
      Pattern.compile(
          "(INSERT INTO|DELETE FROM|UPDATE(?! OF| SET|\\s*$)) (\\w+)", Pattern.MULTILINE);
  private static final Pattern READ = Pattern.compile("(?:FROM|JOIN) ([a-z_]+)(?![a-z_(])");

  private Points() {}

  /** The boundary before a statement, by what it writes first, or reads last. */
  static String before(String sql) {
    Matcher write = WRITE.matcher(sql.replaceAll("FOR UPDATE|DO UPDATE", ""));
    if (write.find()) {
      return "before " + write.group(1) + " " + write.group(2);
    }
    String table =
        READ.matcher(sql)
            .results()
            .map((MatchResult read) -> read.group(1))
            .filter(name -> !name.equals("unnest"))
            .reduce((first, second) -> second)
            .orElse(sql.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT));
    return (sql.contains("FOR UPDATE") ? "before the lock of " : "before SELECT FROM ") + table;
  }
}
