package io.onceledger.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often each fault struck and each sight was met. */
final class Exercised {

  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<Sight, Long> sights = new EnumMap<>(Sight.class);

  void count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  void count(Sight sight) {
    sights.merge(sight, 1L, Long::sum);
  }

  void add(Exercised other) {
    other.faults.forEach((fault, times) -> faults.merge(fault, times, Long::sum));
    other.sights.forEach((sight, times) -> sights.merge(sight, times, Long::sum));
  }

  /** What never happened: whatever was proved says nothing about it. */
  List<String> missing() {
    return Stream.concat(
            Stream.of(Fault.values()).filter(f -> !faults.containsKey(f)).map(Fault::text),
            Stream.of(Sight.values()).filter(s -> !sights.containsKey(s)).map(Sight::text))
        .toList();
  }

  /** A line for each fault and each sight. */
  String table() {
    return Stream.concat(
            Stream.of(Fault.values()).map(f -> line(faults.getOrDefault(f, 0L), f.text())),
            Stream.of(Sight.values()).map(s -> line(sights.getOrDefault(s, 0L), s.text())))
        .collect(Collectors.joining());
  }

  private static String line(long times, String what) {
    return "  %,14d  %s%n".formatted(times, what);
  }
}
