package io.onceledger.worker.crashpoint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The boundaries that one charge has passed, and the faults that wait for it. Any thread. */
final class Course {

  private final Map<Boundary, Kind> waiting = new LinkedHashMap<>();
  private final Map<Stage, Integer> visits = new EnumMap<>(Stage.class);
  private final List<Boundary> passed = new ArrayList<>();
  private final Set<Strike> struck = new HashSet<>();

  Course(List<Strike> strikes) {
    strikes.forEach(strike -> waiting.put(strike.at(), strike.kind()));
  }

  /** A stage begins: its boundaries bear this number. */
  synchronized int visit(Stage stage) {
    return visits.merge(stage, 1, Integer::sum);
  }

  /** What strikes at this boundary, if anything does; each fault once. */
  synchronized Optional<Kind> pass(Boundary boundary) {
    passed.add(boundary);
    Optional<Kind> kind = Optional.ofNullable(waiting.remove(boundary));
    kind.ifPresent(k -> struck.add(new Strike(boundary, k)));
    return kind;
  }

  /** All so far, in order. */
  synchronized List<Boundary> passed() {
    return List.copyOf(passed);
  }

  synchronized boolean hasStruck(Strike strike) {
    return struck.contains(strike);
  }
}
