package io.onceledger.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** One HTML page, readable in light and dark, that loads nothing from anywhere. */
public final class Page {
  private final StringBuilder html = new StringBuilder();

  private Page() {}

  public static String of(Report report) {
    return new Page().write(report);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private String write(Report report) {
    add("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width\">");
    add("<title>Onceledger, measured</title>\n<style>\n" + style() + "</style>\n</head>\n<body>");
    add("<h1>Onceledger, measured</h1>");
    add(
        "<p>"
            + escape(report.at())
            + ". Ratios of one run are what counts: absolute figures differ from machine to"
            + " machine.</p>");
    summary(report);
    report.scenarios().forEach(this::section);
    add("<h2>Machine</h2>");
    table(report.machine());
    add("</body>\n</html>");
    return html.toString();
  }

  private void summary(Report report) {
    add(
        "<table><thead><tr><th>scenario</th><th>held"
            + " to</th><th>measured</th><th></th></tr></thead><tbody>");
    for (Findings findings : report.scenarios()) {
      for (Requirement requirement : findings.requirements()) {
        add(
            "<tr><td><a href=\"#"
                + findings.scenario()
                + "\">"
                + findings.scenario()
                + "</a></td><td>"
                + escape(requirement.what())
                + "</td><td>"
                + escape(requirement.measured())
                + "</td>"
                + verdict(requirement.held())
                + "</tr>");
      }
    }
    add("</tbody></table>");
  }

  private static String verdict(boolean held) {
    return held ? "<td class=\"held\">holds</td>" : "<td class=\"missed\">does not hold</td>";
  }

  private void section(Findings findings) {
    add("<section id=\"" + findings.scenario() + "\"><h2>" + findings.scenario() + "</h2>");
    add("<p>" + escape(findings.purpose()) + "</p>");
    findings.charts().forEach(this::chart);
    add(
        "<table><thead><tr><th>figure</th><th class=\"number\">median</th><th"
            + " class=\"number\">range</th><th>unit</th></tr></thead><tbody>");
    for (Figure figure : findings.figures()) {
      String range =
          figure.samples().size() == 1
              ? ""
              : Numbers.text(figure.least()) + " to " + Numbers.text(figure.most());
      add(
          "<tr><td>"
              + escape(figure.name())
              + "</td><td class=\"number\">"
              + Numbers.text(figure.median())
              + "</td><td class=\"number\">"
              + range
              + "</td><td>"
              + escape(figure.unit())
              + "</td></tr>");
    }
    add("</tbody></table>");
    findings.remarks().forEach(remark -> add("<p class=\"remark\">" + escape(remark) + "</p>"));
    add("</section>");
  }

  private void chart(Chart chart) {
    add(
        "<figure><figcaption>"
            + escape(chart.title())
            + " <span>"
            + escape(chart.up())
            + "</span></figcaption>");
    add(Plot.svg(chart));
    if (chart.series().size() > 1) {
      add("<p class=\"legend\">");
      for (int i = 0; i < chart.series().size(); i++) {
        add(
            "<span><i class=\"s"
                + i
                + "\"></i>"
                + escape(chart.series().get(i).name())
                + "</span>");
      }
      add("</p>");
    }
    add("</figure>");
  }

  private void table(Map<String, String> rows) {
    add(
        rows.entrySet().stream()
            .map(
                row ->
                    "<tr><td>"
                        + escape(row.getKey())
                        + "</td><td>"
                        + escape(row.getValue())
                        + "</td></tr>")
            .collect(Collectors.joining("\n", "<table><tbody>", "</tbody></table>")));
  }

  private void add(String line) {
    html.append(line).append('\n');
  }

  private static String style() {
    try (InputStream css = Page.class.getResourceAsStream("page.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
