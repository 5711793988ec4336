package io.onceledger.bench.report;

import java.util.List;

/**
 * A plot of some lines over one axis, which begins at zero upwards.
 *
 * @param across what is told from left to right, with its unit
 * @param up what is told upwards, with its unit
 * @param marks names of moments, at their place across
 */
public record Chart(String title, String across, String up, List<Series> series, List<Mark> marks) {

  /** A moment that the eye should find. */
  public record Mark(String name, double at) {}

  public Chart {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
  }

  public Chart(String title, String across, String up, List<Series> series) {
    this(title, across, up, series, List.of());
  }
}
