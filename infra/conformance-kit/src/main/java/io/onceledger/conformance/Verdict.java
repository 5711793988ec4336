package io.onceledger.conformance;

import io.onceledger.conformance.http.NoAnswerException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.opentest4j.TestAbortedException;

/** What is known of a rule: its cases, and the reasons of those that are broken. */
final class Verdict {
  /** Enough for the head of an answer, few enough to read. */
  private static final int LONGEST_LINE = 240;

  /** One broken case of a table explains most of the others. */
  private static final int SHOWN_CASES = 5;

  private final List<String> reasons = new ArrayList<>();
  private int cases;
  private int broken;
  private boolean skipped;

  /**
   * Adds a case.
   *
   * @param name of the row; empty where the rule is no table
   */
  void add(String name, TestExecutionResult result) {
    cases++;
    skipped |= result.getStatus() == Status.ABORTED;
    if (result.getStatus() == Status.FAILED) {
      broken++;
    }
    if (result.getStatus() == Status.SUCCESSFUL || broken > SHOWN_CASES) {
      return;
    }
    if (!name.isEmpty()) {
      reasons.add("- " + printable(name));
    }
    result.getThrowable().ifPresent(thrown -> reasons.addAll(lines(thrown)));
  }

  int cases() {
    return cases;
  }

  boolean isBroken() {
    return broken > 0;
  }

  /** Whether the ledger does not offer what the rule is about. */
  boolean isSkipped() {
    return skipped && broken == 0;
  }

  /** The sentence with how many cases of a table it is about, and below it the reasons. */
  List<String> lines(String sentence) {
    List<String> lines = new ArrayList<>();
    String word = isBroken() ? "BROKEN  " : isSkipped() ? "skipped " : "ok      ";
    String of = isBroken() ? broken + " of " + cases : String.valueOf(cases);
    lines.add("  " + word + sentence + (cases > 1 ? " (" + of + " cases)" : ""));
    reasons.forEach(reason -> lines.add("            " + reason));
    if (broken > SHOWN_CASES) {
      lines.add("            and " + (broken - SHOWN_CASES) + " cases more");
    }
    return lines;
  }

  private static List<String> lines(Throwable thrown) {
    boolean expected =
        thrown instanceof AssertionError
            || thrown instanceof NoAnswerException
            || thrown instanceof ConditionTimeoutException
            || thrown instanceof TestAbortedException;
    String message = expected ? thrown.getMessage() : "the rule itself failed: " + thrown;
    return String.valueOf(message)
        .lines()
        .filter(line -> !line.isBlank())
        .map(Verdict::printable)
        .toList();
  }

  /** Not too long, and harmless to a terminal: answers are others' words. */
  private static String printable(String line) {
    String harmless = line.replaceAll("\\p{C}", "?");
    return harmless.length() <= LONGEST_LINE ? harmless : harmless.substring(0, LONGEST_LINE) + "…";
  }
}
