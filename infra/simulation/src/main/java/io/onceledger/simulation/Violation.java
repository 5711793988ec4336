package io.onceledger.simulation;

/** A promise is broken. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String invariant;

  /** {@code invariant} is the promise as a sentence, {@code detail} what broke it. */
  Violation(String invariant, String detail) {
    super(invariant + ": " + detail);
    this.invariant = invariant;
  }

  /** Throws unless {@code holds}. */
  static void require(boolean holds, String invariant, Object detail) {
    if (!holds) {
      throw new Violation(invariant, String.valueOf(detail));
    }
  }

  /** The promise as a sentence. */
  String invariant() {
    return invariant;
  }
}
