package io.onceledger.bench.report;

import io.onceledger.bench.report.Chart.Mark;
import io.onceledger.bench.report.Series.Point;
import java.util.List;
import java.util.Locale;

/** Draws a chart as SVG that takes its colours from the page around it. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 260;

  /** Room for the numbers upwards, the numbers across, and the last number's half. */
  private static final int LEFT = 64;

  private static final int BOTTOM = 40;
  private static final int TOP = 16;
  private static final int RIGHT = 20;

  /** Lines across, and about as many numbers below. */
  private static final int STEPS = 5;

  /** Beyond so many points, dots hide the line. */
  private static final int MOST_DOTS = 40;

  private final Chart chart;
  private final double least;
  private final double most;
  private final double top;
  private final StringBuilder svg = new StringBuilder();

  private Plot(Chart chart) {
    this.chart = chart;
    List<Point> points = chart.series().stream().flatMap(s -> s.points().stream()).toList();
    this.least = points.stream().mapToDouble(Point::x).min().orElse(0);
    this.most = Math.max(points.stream().mapToDouble(Point::x).max().orElse(1), least + 1);
    this.top = step(points.stream().mapToDouble(Point::y).max().orElse(1)) * STEPS;
  }

  static String svg(Chart chart) {
    return new Plot(chart).draw();
  }

  /** The least of 1, 2, 2.5 and 5 times a power of ten that is enough for a fifth of the height. */
  static double step(double highest) {
    double least = Math.max(highest, 1e-9) / STEPS;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power >= least * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private String draw() {
    add("<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT);
    add("<title>%s</title>", Page.escape(chart.title()));
    grid();
    for (Mark mark : chart.marks()) {
      double x = x(mark.at());
      add(
          "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
          x, x, TOP, HEIGHT - BOTTOM);
      add(
          "<text x=\"%.1f\" y=\"%d\" class=\"%s\">%s</text>",
          x + (x > WIDTH * 0.8 ? -4 : 4),
          TOP + 8,
          x > WIDTH * 0.8 ? "end" : "start",
          Page.escape(mark.name()));
    }
    for (int i = 0; i < chart.series().size(); i++) {
      line(chart.series().get(i), i);
    }
    add(
        "<text x=\"%d\" y=\"%d\" class=\"end\">%s</text>",
        WIDTH - RIGHT, HEIGHT - 6, Page.escape(chart.across()));
    return svg.append("</svg>").toString();
  }

  private void grid() {
    for (int i = 0; i <= STEPS; i++) {
      double value = top / STEPS * i;
      add(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
          LEFT, WIDTH - RIGHT, y(value), y(value));
      add(
          "<text x=\"%d\" y=\"%.1f\" class=\"end\">%s</text>",
          LEFT - 8, y(value) + 4, label(value));
    }
    double step = step(most - least);
    for (double at = Math.ceil(least / step) * step; at <= most; at += step) {
      add(
          "<text x=\"%.1f\" y=\"%d\" class=\"middle\">%s</text>",
          x(at), HEIGHT - BOTTOM + 16, label(at));
    }
  }

  private void line(Series series, int index) {
    StringBuilder path = new StringBuilder();
    for (Point point : series.points()) {
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y())));
    }
    add("<polyline class=\"s%d\" points=\"%s\"/>", index, path.toString().strip());
    if (series.points().size() <= MOST_DOTS) {
      for (Point point : series.points()) {
        add(
            "<circle class=\"s%d\" r=\"2.5\" cx=\"%.1f\" cy=\"%.1f\"/>",
            index, x(point.x()), y(point.y()));
      }
    }
  }

  private static String label(double value) {
    return value >= 1000 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : Numbers.text(value);
  }

  private double x(double value) {
    return LEFT + (value - least) / (most - least) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
