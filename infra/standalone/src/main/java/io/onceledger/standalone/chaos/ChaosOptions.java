package io.onceledger.standalone.chaos;

import io.onceledger.standalone.demo.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The arguments.
 *
 * @param scenario by its name
 * @param seconds that the misfortune lasts
 * @param charges that wait in an outage
 * @param within seconds that a takeover may take
 * @param askable whether the processor can be asked and told to cancel
 * @param json the file to write the verdict to
 */
record ChaosOptions(
    String scenario,
    int seconds,
    int charges,
    int within,
    long seed,
    boolean askable,
    Optional<Path> json) {
  /** A run as it is published: a minute, and what piles up in it. */
  private static final int SECONDS = 60;

  private static final int CHARGES = 20_000;

  /** What is promised of a machine that is not starved. */
  private static final int WITHIN = 5;

  /** An hour, and what a laptop can hold. */
  private static final int MOST_SECONDS = 3_600;

  private static final int MOST_CHARGES = 200_000;

  /** Fewer are gone before a rate can be told. */
  private static final int LEAST_CHARGES = 100;

  /**
   * Reads the arguments.
   *
   * @param otherSeed if none is given
   */
  static ChaosOptions parse(List<String> arguments, long otherSeed) {
    ChaosOptions options =
        new ChaosOptions("faults", SECONDS, CHARGES, WITHIN, otherSeed, true, Optional.empty());
    boolean named = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--seconds" -> options = options.seconds(number(arguments, ++i, 1, MOST_SECONDS));
        case "--charges" ->
            options = options.charges(number(arguments, ++i, LEAST_CHARGES, MOST_CHARGES));
        case "--within" -> options = options.within(number(arguments, ++i, 1, MOST_SECONDS));
        case "--seed" -> options = options.seed(number(arguments, ++i, 0, Integer.MAX_VALUE));
        case "--without-lookup-and-cancel" -> options = options.withoutLookUpAndCancel();
        case "--json" -> options = options.json(Path.of(value(arguments, ++i)));
        default -> {
          if (named || !argument.matches("faults|outage|takeover")) {
            throw usage("unknown argument " + argument);
          }
          named = true;
          options = options.scenario(argument);
        }
      }
    }
    return options;
  }

  Scenario chosen() {
    return switch (scenario) {
      case "outage" -> new Outage(seconds, charges, seed);
      case "takeover" -> new Takeover(seed, within);
      default -> new ManyFaults(seconds, seed, askable);
    };
  }

  private ChaosOptions scenario(String name) {
    return new ChaosOptions(name, seconds, charges, within, seed, askable, json);
  }

  private ChaosOptions seconds(int number) {
    return new ChaosOptions(scenario, number, charges, within, seed, askable, json);
  }

  private ChaosOptions charges(int number) {
    return new ChaosOptions(scenario, seconds, number, within, seed, askable, json);
  }

  private ChaosOptions within(int number) {
    return new ChaosOptions(scenario, seconds, charges, number, seed, askable, json);
  }

  private ChaosOptions seed(long number) {
    return new ChaosOptions(scenario, seconds, charges, within, number, askable, json);
  }

  private ChaosOptions withoutLookUpAndCancel() {
    return new ChaosOptions(scenario, seconds, charges, within, seed, false, json);
  }

  private ChaosOptions json(Path file) {
    return new ChaosOptions(scenario, seconds, charges, within, seed, askable, Optional.of(file));
  }

  private static String value(List<String> arguments, int i) {
    if (i >= arguments.size()) {
      throw usage(arguments.get(i - 1) + " needs a value");
    }
    return arguments.get(i);
  }

  private static int number(List<String> arguments, int i, int least, int most) {
    String text = value(arguments, i);
    if (text.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text);
      if (least <= number && number <= most) {
        return (int) number;
      }
    }
    throw usage(
        "%s must be a whole number from %d to %d, not '%s'"
            .formatted(arguments.get(i - 1), least, most, text));
  }

  private static BadInputException usage(String what) {
    return new BadInputException(List.of(what + " (see infra/chaos --help)"));
  }
}
