package io.onceledger.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * All that is random in a world, from one seed. Every question whether a fault strikes has a
 * number, so that a fault can be forbidden when a failing run is run again.
 */
final class Chance {

  private static final int WHOLE = 1000;

  private final SplittableRandom random;
  private final Map<Fault, Integer> rates;
  private final Set<Integer> forbidden;
  private final Exercised exercised;
  private final List<Integer> struck = new ArrayList<>();
  private int questions;
  private boolean healed;

  /**
   * Rates are per mille.
   *
   * @param forbidden numbers of questions that are answered with no
   */
  Chance(
      SplittableRandom random,
      Map<Fault, Integer> rates,
      Set<Integer> forbidden,
      Exercised exercised) {
    this.random = random;
    this.rates = rates;
    this.forbidden = forbidden;
    this.exercised = exercised;
  }

  boolean strikes(Fault fault) {
    int question = questions++;
    boolean strikes = random.nextInt(WHOLE) < rates.get(fault);
    if (!strikes || healed || forbidden.contains(question)) {
      return false;
    }
    struck.add(question);
    exercised.count(fault);
    return true;
  }

  /** From now on nothing strikes any more. */
  void heal() {
    healed = true;
  }

  /** The numbers of the questions that were answered with yes. */
  List<Integer> struck() {
    return struck;
  }

  /** From {@code low} to {@code high}, both included. */
  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  RandomGenerator random() {
    return random;
  }
}
