package io.onceledger.bench;

import io.onceledger.bench.scenario.Scenario;
import io.onceledger.standalone.demo.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments.
 *
 * @param scenarios in the order in which they are played
 * @param quick some half a minute each: to see that all works, not to publish
 * @param repeat how often a measurement is taken, in turn with its floor
 * @param seconds that sustained load lasts
 * @param keys that are old in {@code replay}
 * @param events in {@code day}
 * @param data where the database lives meanwhile: on the disk that is measured
 */
public record BenchOptions(
    List<Scenario> scenarios,
    boolean quick,
    int repeat,
    int seconds,
    long keys,
    long events,
    Path json,
    Path page,
    Path data) {
  private static final int MOST_REPEATS = 100;

  /** A day. */
  private static final int MOST_SECONDS = 86_400;

  private static final long MOST_ROWS = 1_000_000_000;

  /**
   * Reads the arguments.
   *
   * @param target where results go that have no other place
   */
  static BenchOptions parse(List<String> arguments, Path target) {
    boolean quick = arguments.contains("--quick");
    List<Scenario> scenarios = new ArrayList<>();
    int repeat = quick ? 3 : 5;
    int seconds = quick ? 30 : 600;
    long keys = quick ? 1_000_000 : 10_000_000;
    long events = quick ? 100_000 : 10_000_000;
    Path json = target.resolve("bench.json");
    Path page = target.resolve("bench.html");
    Path data = target.resolve("data");
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--quick" -> {}
        case "--repeat" -> repeat = (int) number(arguments, ++i, 1, MOST_REPEATS);
        case "--seconds" -> seconds = (int) number(arguments, ++i, 20, MOST_SECONDS);
        case "--keys" -> keys = number(arguments, ++i, 1_000, MOST_ROWS);
        case "--events" -> events = number(arguments, ++i, 10_000, MOST_ROWS);
        case "--json" -> json = Path.of(value(arguments, ++i));
        case "--page" -> page = Path.of(value(arguments, ++i));
        case "--data" -> data = Path.of(value(arguments, ++i));
        default ->
            scenarios.add(
                Scenario.named(argument).orElseThrow(() -> usage("unknown argument " + argument)));
      }
    }
    return new BenchOptions(
        scenarios.isEmpty() ? Scenario.all() : List.copyOf(scenarios),
        quick,
        repeat,
        seconds,
        keys,
        events,
        json,
        page,
        data);
  }

  private static String value(List<String> arguments, int i) {
    if (i >= arguments.size()) {
      throw usage(arguments.get(i - 1) + " needs a value");
    }
    return arguments.get(i);
  }

  private static long number(List<String> arguments, int i, long least, long most) {
    String text = value(arguments, i);
    if (text.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text);
      if (least <= number && number <= most) {
        return number;
      }
    }
    throw usage(
        "%s must be a whole number from %d to %d, not '%s'"
            .formatted(arguments.get(i - 1), least, most, text));
  }

  private static BadInputException usage(String what) {
    return new BadInputException(List.of(what + " (see infra/bench/run --help)"));
  }
}
