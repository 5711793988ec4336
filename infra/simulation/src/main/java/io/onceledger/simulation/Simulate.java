package io.onceledger.simulation;

import java.util.Optional;
import java.util.SplittableRandom;

/** The command line of {@code infra/simulate}, which says what it takes. */
public final class Simulate {

  private static final long BETWEEN_LINES_NANOS = 5_000_000_000L;

  private Simulate() {}

  public static void main(String[] arguments) {
    long seeds = 10_000;
    // Printed, so that the run can be had again.
    long seed = new SplittableRandom().nextLong(1_000_000_000);
    int charges = 12;
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        String value = i + 1 < arguments.length ? arguments[i + 1] : "";
        switch (arguments[i]) {
          case "--seeds" -> seeds = Math.max(1, Long.parseLong(value));
          case "--seed" -> seed = Long.parseLong(value);
          case "--charges" -> charges = Math.max(1, Integer.parseInt(value));
          default -> refuse("what is " + arguments[i] + "? See --help");
        }
      }
    } catch (NumberFormatException e) {
      refuse("a number is missing or cannot be read; see --help");
    }
    System.exit(run(seed, seeds, charges) ? 0 : 1);
  }

  private static boolean run(long first, long seeds, int charges) {
    System.out.printf("seeds %d to %d, %d charges each%n", first, first + seeds - 1, charges);
    Suite suite = new Suite(new Decisions(), charges);
    long start = System.nanoTime();
    long told = start;
    for (long seed = first; seed < first + seeds; seed++) {
      Optional<Run> failing = suite.run(seed);
      if (failing.isPresent()) {
        System.out.println(suite.report(failing.get()));
        return false;
      }
      if (System.nanoTime() - told > BETWEEN_LINES_NANOS) {
        told = System.nanoTime();
        System.out.printf("%,d seeds, %,d charges%n", suite.runs(), suite.charges());
      }
    }
    long millis = Math.max(1, (System.nanoTime() - start) / 1_000_000);
    System.out.printf(
        "%,d seeds, %,d charges, %,d steps in %,d ms: %,d charges a minute; no promise broken%n",
        suite.runs(), suite.charges(), suite.steps(), millis, suite.charges() * 60_000 / millis);
    System.out.print(suite.exercised().table());
    suite.exercised().missing().forEach(what -> System.out.println("not exercised: " + what));
    return suite.exercised().missing().isEmpty();
  }

  private static void refuse(String why) {
    System.err.println("infra/simulate: " + why);
    System.exit(2);
  }
}
