package io.onceledger.conformance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints a line for each rule as soon as it has run, and below a broken one what was expected, what
 * was seen and what had been sent. The cases of a rule that is a table are one line together.
 */
final class Report implements TestExecutionListener {
  private final PrintStream out;
  private final long started = System.nanoTime();
  private final List<String> broken = new ArrayList<>();
  private TestPlan plan;
  private TestIdentifier family;
  private Verdict verdict = new Verdict();
  private int rules;
  private int cases;
  private int skipped;

  Report(PrintStream out) {
    this.out = out;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionStarted(TestIdentifier identifier) {
    if (isRule(identifier)) {
      announce(plan.getParent(identifier).orElseThrow());
      verdict = new Verdict();
    }
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    if (isRule(identifier)) {
      // That a table has run says nothing of its cases; that it could not be run does.
      if (identifier.isTest() || result.getStatus() != Status.SUCCESSFUL) {
        verdict.add("", result);
      }
      conclude(identifier.getDisplayName());
    } else if (plan.getParent(identifier).filter(this::isRule).isPresent()) {
      verdict.add(identifier.getDisplayName(), result);
    } else if (result.getStatus() != Status.SUCCESSFUL) {
      // A family, or all of them: none of its rules could be run.
      verdict = new Verdict();
      verdict.add("", result);
      conclude(identifier.getDisplayName());
    }
  }

  /** Ends the report. */
  void summary() {
    long seconds = Math.round((System.nanoTime() - started) / 1e9);
    out.printf(
        "%n%s, %s, %d s: %d hold, %d broken, %d skipped%n",
        count(rules, "rule"),
        count(cases, "case"),
        seconds,
        rules - broken.size() - skipped,
        broken.size(),
        skipped);
    broken.forEach(rule -> out.println("  " + rule));
  }

  /** Whether rules were run and none is broken. */
  boolean noneIsBroken() {
    return rules > 0 && broken.isEmpty();
  }

  private void announce(TestIdentifier next) {
    if (!next.equals(family)) {
      family = next;
      out.println();
      out.println(family.getDisplayName());
    }
  }

  private void conclude(String sentence) {
    rules++;
    cases += verdict.cases();
    verdict.lines(sentence).forEach(out::println);
    if (verdict.isBroken()) {
      broken.add((family == null ? "" : family.getDisplayName() + ": ") + sentence);
    }
    if (verdict.isSkipped()) {
      skipped++;
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private boolean isRule(TestIdentifier identifier) {
    return plan.getParent(identifier)
        .flatMap(TestIdentifier::getSource)
        .filter(source -> source instanceof ClassSource)
        .isPresent();
  }
}
