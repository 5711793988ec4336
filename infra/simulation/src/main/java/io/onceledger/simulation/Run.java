package io.onceledger.simulation;

import java.util.List;
import java.util.Optional;

/**
 * What became of a plan.
 *
 * @param struck the numbers of the faults that struck
 * @param lines what happened, when it was to be told
 */
record Run(
    Plan plan,
    Optional<Violation> violation,
    int charges,
    long steps,
    List<Integer> struck,
    Exercised exercised,
    List<String> lines) {

  static Run of(Plan plan, Decisions decisions) {
    return new World(plan, decisions, false, store -> store).run();
  }

  /** The same run again, with a line for each thing that happened. */
  static Run told(Plan plan, Decisions decisions) {
    return new World(plan, decisions, true, store -> store).run();
  }
}
