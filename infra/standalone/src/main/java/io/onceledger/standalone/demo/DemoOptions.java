package io.onceledger.standalone.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the caller asked for.
 *
 * @param seed of the plan of deliveries and of the processor's faults
 * @param patience how long to wait for charges to become final without any becoming so
 */
record DemoOptions(Path file, long seed, Duration patience) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(s|m|h|)");

  /** Covers the slowest way out of doubt: call time-out, two look-ups a settle time apart. */
  private static final Duration WAIT = Duration.ofMinutes(3);

  /**
   * Reads the arguments.
   *
   * @param otherFile if none is given
   * @param otherSeed if none is given
   */
  static DemoOptions parse(List<String> arguments, Path otherFile, long otherSeed) {
    DemoOptions options = new DemoOptions(otherFile, otherSeed, WAIT);
    boolean fileGiven = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--seed")) {
        options = new DemoOptions(options.file, seed(value(arguments, ++i)), options.patience);
      } else if (argument.equals("--wait")) {
        options = new DemoOptions(options.file, options.seed, wait(value(arguments, ++i)));
      } else if (argument.startsWith("-") || fileGiven) {
        throw usage("unknown argument " + argument);
      } else {
        fileGiven = true;
        options = new DemoOptions(Path.of(argument), options.seed, options.patience);
      }
    }
    return options;
  }

  private static String value(List<String> arguments, int i) {
    if (i >= arguments.size()) {
      throw usage(arguments.get(i - 1) + " needs a value");
    }
    return arguments.get(i);
  }

  private static long seed(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw usage("--seed must be a whole number, not '" + text + "'");
    }
    return Long.parseLong(text);
  }

  private static Duration wait(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw usage("--wait must be a duration such as 180s or 5m, not '" + text + "'");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }

  private static BadInputException usage(String what) {
    return new BadInputException(List.of(what + " (see infra/demo --help)"));
  }
}
