package io.onceledger.worker.crashpoint;

/**
 * A place between two things that a process does to the world outside. Whatever lies between two
 * boundaries is computation, or one statement, or one commit; "after a statement" is the boundary
 * before the next one.
 *
 * @param visit the how-manieth time, from 1, that this stage is gone through for the charge, by
 *     whatever process
 * @param point what comes next, or what has just happened
 */
record Boundary(Stage stage, int visit, String point) {

  @Override
  public String toString() {
    return stage.text() + ": " + point + ", " + ordinal(visit) + " attempt";
  }

  private static String ordinal(int n) {
    return switch (n) {
      case 1 -> "first";
      case 2 -> "second";
      case 3 -> "third";
      case 4 -> "fourth";
      default -> n + "th";
    };
  }
}
