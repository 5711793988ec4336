package io.onceledger.bench.scenario;

import io.onceledger.bench.report.Figure;
import java.util.List;
import java.util.stream.IntStream;

/** What stands beside what. */
final class Ratios {
  private Ratios() {}

  /** Of neighbours: what the machine did meanwhile, it did to both. */
  static List<Double> of(List<Double> over, List<Double> under) {
    return IntStream.range(0, over.size()).mapToObj(i -> over.get(i) / under.get(i)).toList();
  }

  static double median(List<Double> numbers) {
    return new Figure("median", "", numbers).median();
  }
}
