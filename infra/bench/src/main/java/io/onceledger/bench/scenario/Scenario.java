package io.onceledger.bench.scenario;

import io.onceledger.bench.report.Findings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something to measure, on a stack of its own. */
public interface Scenario {
  String name();

  /** What it does and what it shows, in a sentence or two. */
  String purpose();

  /** Variables of {@code infra/up} for its stack. */
  Map<String, String> settings();

  /** Measures, and adds what it found; the stack has been started. */
  void play(Trial trial, Findings findings);

  /** All there are, the most important first. */
  static List<Scenario> all() {
    return List.of(
        new Accept(),
        new Replay(),
        new Cycle(),
        new Recovery(),
        new Start(),
        new Snapshot(),
        new Merchants(),
        new Growth(),
        new Queue(),
        new Storm(),
        new Day());
  }

  static Optional<Scenario> named(String name) {
    return all().stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }
}
