package io.onceledger.simulation;

import java.util.HashSet;
import java.util.Set;

/**
 * What a run is to be: the same plan is the same run.
 *
 * @param forbidden faults that must not strike, by the number of their question
 */
record Plan(long seed, int charges, Set<Integer> forbidden) {

  /** Keeps its own copy of the set. */
  Plan {
    forbidden = Set.copyOf(forbidden);
  }

  static Plan of(long seed, int charges) {
    return new Plan(seed, charges, Set.of());
  }

  Plan without(int question) {
    Set<Integer> more = new HashSet<>(forbidden);
    more.add(question);
    return new Plan(seed, charges, more);
  }
}
