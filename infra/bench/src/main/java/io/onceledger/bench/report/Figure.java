package io.onceledger.bench.report;

import java.util.List;

/**
 * Something measured, as often as it was repeated.
 *
 * @param unit behind the number; empty for a ratio
 * @param samples in the order of the repetitions, at least one
 */
public record Figure(String name, String unit, List<Double> samples) {

  public Figure {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(name + " was not measured");
    }
    samples = List.copyOf(samples);
  }

  /** Of an even number the mean of the middle two. */
  public double median() {
    List<Double> sorted = samples.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double least() {
    return samples.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double most() {
    return samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** The median, and the range when there were several. */
  public String text() {
    String text = Numbers.text(median()) + (unit.isEmpty() ? "" : " " + unit);
    return samples.size() == 1
        ? text
        : text + " (" + Numbers.text(least()) + " to " + Numbers.text(most()) + ")";
  }
}
