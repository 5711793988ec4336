package io.onceledger.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many runs, one seed after the other, until one fails. */
final class Suite {

  private final Decisions decisions;
  private final int charges;
  private final Exercised exercised = new Exercised();
  private long runs;
  private long allCharges;
  private long steps;

  /** {@code charges}: in each run. */
  Suite(Decisions decisions, int charges) {
    this.decisions = decisions;
    this.charges = charges;
  }

  /** Runs one seed; the failing run, if it fails. */
  Optional<Run> run(long seed) {
    Run run = Run.of(Plan.of(seed, charges), decisions);
    runs++;
    allCharges += run.charges();
    steps += run.steps();
    exercised.add(run.exercised());
    return run.violation().isPresent() ? Optional.of(run) : Optional.empty();
  }

  /** Runs {@code count} seeds from {@code first} on; the first that fails, if one does. */
  Optional<Run> run(long first, long count) {
    for (long seed = first; seed < first + count; seed++) {
      Optional<Run> failing = run(seed);
      if (failing.isPresent()) {
        return failing;
      }
    }
    return Optional.empty();
  }

  long runs() {
    return runs;
  }

  long charges() {
    return allCharges;
  }

  long steps() {
    return steps;
  }

  Exercised exercised() {
    return exercised;
  }

  /** All that is needed to see a failure again, made as small as it gets. */
  String report(Run failing) {
    Run smallest = Shrinking.of(failing, decisions);
    List<String> lines = new ArrayList<>();
    lines.add("seed %d fails: %s".formatted(failing.plan().seed(), text(failing)));
    lines.add("");
    lines.add(
        "smallest: %d charges, %d faults, %d steps: %s"
            .formatted(
                smallest.plan().charges(),
                smallest.struck().size(),
                smallest.steps(),
                text(smallest)));
    lines.addAll(smallest.lines());
    lines.add("");
    lines.add(
        "again: infra/simulate --seed %d --seeds 1 --charges %d"
            .formatted(failing.plan().seed(), charges));
    return String.join(System.lineSeparator(), lines);
  }

  private static String text(Run run) {
    return run.violation().map(Throwable::getMessage).orElse("nothing");
  }
}
