package io.onceledger.simulation;

import java.util.Optional;
import java.util.stream.IntStream;

/** Makes a failing plan smaller as long as it still fails, in whatever way. */
final class Shrinking {

  private Shrinking() {}

  /**
   * The fewest charges with which the seed fails, and of the faults only such that without any one
   * of them it does not fail with fewer.
   */
  static Run of(Run failing, Decisions decisions) {
    Plan plan = failing.plan();
    Run run =
        IntStream.range(1, plan.charges())
            .mapToObj(
                charges -> Run.of(new Plan(plan.seed(), charges, plan.forbidden()), decisions))
            .filter(fewer -> fewer.violation().isPresent())
            .findFirst()
            .orElse(failing);
    Optional<Run> less = withoutOneFault(run, decisions);
    while (less.isPresent()) {
      run = less.get();
      less = withoutOneFault(run, decisions);
    }
    return Run.told(run.plan(), decisions);
  }

  private static Optional<Run> withoutOneFault(Run run, Decisions decisions) {
    return run.struck().stream()
        .map(question -> Run.of(run.plan().without(question), decisions))
        .filter(less -> less.violation().isPresent() && less.struck().size() < run.struck().size())
        .findFirst();
  }
}
