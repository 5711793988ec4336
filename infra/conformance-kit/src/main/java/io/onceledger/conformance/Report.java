package io.onceledger.conformance;

import io.onceledger.conformance.http.NoAnswerException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints a line for each rule as soon as it has run, and below a broken one what was expected, what
 * was seen and what had been sent. The cases of a rule that is a table are one line together.
 */
final class Report implements TestExecutionListener {
  /** Enough for the head of an answer, few enough to read. */
  private static final int LONGEST_LINE = 240;

  /** One broken case of a table explains most of the others. */
  private static final int SHOWN_CASES = 5;

  private final PrintStream out;
  private final long started = System.nanoTime();
  private final List<String> broken = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private TestPlan plan;
  private TestIdentifier announced;
  private int rules;
  private int cases;
  private int casesOfRule;
  private int brokenCases;

  Report(PrintStream out) {
    this.out = out;
  }

  /** The rule as it is read: its method's name without underscores, or its display name. */
  static String sentence(TestIdentifier rule) {
    return rule.getDisplayName();
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionStarted(TestIdentifier identifier) {
    if (isRule(identifier)) {
      announce(plan.getParent(identifier).orElseThrow());
      casesOfRule = 0;
      brokenCases = 0;
      failures.clear();
    }
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
    if (isRule(identifier)) {
      if (failed) {
        fail("", result);
      }
      conclude(identifier);
    } else if (plan.getParent(identifier).filter(this::isRule).isPresent()) {
      casesOfRule++;
      if (failed) {
        fail(identifier.getDisplayName(), result);
      }
    } else if (failed) {
      // A family or the engine itself: none of its rules could be run.
      out.println("  BROKEN  " + identifier.getDisplayName() + " could not be judged");
      broken.add(identifier.getDisplayName());
      lines(result).forEach(line -> out.println("            " + line));
    }
  }

  /** Ends the report. */
  void summary() {
    long seconds = Math.round((System.nanoTime() - started) / 1e9);
    out.printf(
        "%n%s, %s, %d s: %s%n",
        count(rules, "rule"),
        count(cases, "case"),
        seconds,
        broken.isEmpty() ? "all hold" : broken.size() + " broken");
    broken.forEach(rule -> out.println("  " + rule));
  }

  /** Whether something was judged and nothing is broken. */
  boolean allHold() {
    return rules > 0 && broken.isEmpty();
  }

  private void announce(TestIdentifier family) {
    if (!family.equals(announced)) {
      announced = family;
      out.println();
      out.println(family.getDisplayName());
    }
  }

  private void conclude(TestIdentifier rule) {
    rules++;
    cases += Math.max(1, casesOfRule);
    String sentence = sentence(rule);
    if (failures.isEmpty()) {
      out.println(
          "  ok      " + sentence + (casesOfRule > 1 ? " (" + casesOfRule + " cases)" : ""));
      return;
    }
    out.println(
        "  BROKEN  "
            + sentence
            + (casesOfRule > 1 ? " (" + brokenCases + " of " + casesOfRule + " cases)" : ""));
    failures.forEach(line -> out.println("            " + line));
    if (brokenCases > SHOWN_CASES) {
      out.println("            and " + (brokenCases - SHOWN_CASES) + " cases more");
    }
    broken.add(announced.getDisplayName() + ": " + sentence);
  }

  private void fail(String oneCase, TestExecutionResult result) {
    brokenCases++;
    if (brokenCases > SHOWN_CASES) {
      return;
    }
    if (!oneCase.isEmpty()) {
      failures.add("- " + cut(oneCase));
    }
    failures.addAll(lines(result));
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static List<String> lines(TestExecutionResult result) {
    Optional<Throwable> failure = result.getThrowable();
    String message =
        failure
            .map(
                thrown ->
                    thrown instanceof AssertionError || thrown instanceof NoAnswerException
                        ? thrown.getMessage()
                        : "the rule itself failed: " + thrown)
            .orElse("it was aborted");
    return String.valueOf(message)
        .lines()
        .filter(line -> !line.isBlank())
        .map(Report::cut)
        .toList();
  }

  /** On one line, and harmless to a terminal: answers are others' words. */
  private static String cut(String line) {
    String printable = line.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST_LINE
        ? printable
        : printable.substring(0, LONGEST_LINE) + "…";
  }

  private boolean isRule(TestIdentifier identifier) {
    return plan.getParent(identifier)
        .flatMap(TestIdentifier::getSource)
        .filter(source -> source instanceof ClassSource)
        .isPresent();
  }
}
