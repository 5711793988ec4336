package io.onceledger.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a scenario found: figures, what it was held to, plots. Filled by one thread, in the order in
 * which it is shown.
 */
public final class Findings {
  private final String scenario;
  private final String purpose;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Requirement> requirements = new ArrayList<>();
  private final List<Chart> charts = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  public Findings(String scenario, String purpose) {
    this.scenario = scenario;
    this.purpose = purpose;
  }

  public Figure figure(String name, String unit, List<Double> samples) {
    Figure figure = new Figure(name, unit, samples);
    figures.add(figure);
    return figure;
  }

  public Figure figure(String name, String unit, double... samples) {
    return figure(name, unit, Arrays.stream(samples).boxed().toList());
  }

  /** One figure for each name, of maps that have one sample each. */
  public void figures(String prefix, String unit, List<Map<String, Double>> samples) {
    Map<String, List<Double>> byName = new TreeMap<>();
    for (Map<String, Double> sample : samples) {
      sample.forEach(
          (name, value) -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    byName.forEach((name, values) -> figure(prefix + name, unit, values));
  }

  public void require(String what, String measured, boolean held) {
    requirements.add(new Requirement(what, measured, held));
  }

  public void require(String what, Figure figure, boolean held) {
    require(what, figure.text(), held);
  }

  public void chart(Chart chart) {
    charts.add(chart);
  }

  public void remark(String remark) {
    remarks.add(remark);
  }

  public String scenario() {
    return scenario;
  }

  public String purpose() {
    return purpose;
  }

  public List<Figure> figures() {
    return List.copyOf(figures);
  }

  public List<Requirement> requirements() {
    return List.copyOf(requirements);
  }

  public List<Chart> charts() {
    return List.copyOf(charts);
  }

  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  public boolean hold() {
    return requirements.stream().allMatch(Requirement::held);
  }
}
