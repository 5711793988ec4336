package io.onceledger.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Points of one line, from left to right. */
public record Series(String name, List<Point> points) {

  /** Where a line goes through. */
  public record Point(double x, double y) {}

  public Series {
    points = List.copyOf(points);
  }

  /** Numbers at 1, 2, 3 and so on: repetitions. */
  public static Series numbered(String name, List<Double> values) {
    List<Point> points = new ArrayList<>();
    for (double value : values) {
      points.add(new Point(points.size() + 1.0, value));
    }
    return new Series(name, points);
  }
}
