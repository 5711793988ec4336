package io.onceledger.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.bench.report.Chart.Mark;
import io.onceledger.bench.report.Series.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class PageTest {

  private static Findings findings() {
    Findings findings = new Findings("accept", "New keys & <old> ones.");
    Figure ratio = findings.figure("ratio", "", 1.6, 1.4, 1.5);
    findings.require("ratio ≥ 1.5", ratio, true);
    findings.require("p99 ≤ 15 ms", "20 ms", false);
    findings.chart(
        new Chart(
            "Rates",
            "seconds",
            "a second",
            List.of(
                new Series("accept", List.of(new Point(0, 100), new Point(10, 200))),
                new Series("floor", List.of(new Point(0, 50), new Point(10, 0)))),
            List.of(new Mark("kill -9", 5))));
    return findings;
  }

  private static Report report() {
    return new Report("2026-01-01T00:00:00Z", Map.of("cores", "2"), List.of(findings()));
  }

  @Test
  void it_says_what_was_held_to_what_was_measured_and_whether_it_held() {
    assertThat(Page.of(report()))
        .contains("<td>ratio ≥ 1.5</td><td>1.50 (1.40 to 1.60)</td><td class=\"held\">holds</td>")
        .contains("<td>p99 ≤ 15 ms</td><td>20 ms</td><td class=\"missed\">does not hold</td>")
        .contains("<tr><td>cores</td><td>2</td></tr>");
  }

  @Test
  void what_is_shown_cannot_be_taken_for_markup() {
    assertThat(Page.of(report()))
        .contains("New keys &amp; &lt;old&gt; ones.")
        .doesNotContain("<old>");
  }

  @Test
  void it_loads_nothing() {
    assertThat(Page.of(report()))
        .doesNotContain("http:", "https:", "src=", "url(", "@import", "<script");
  }

  @Test
  void it_follows_the_reader_into_the_dark() {
    assertThat(Page.of(report()))
        .contains("prefers-color-scheme: dark", "color-scheme: light dark");
  }

  @Test
  void a_plot_is_svg_whose_points_lie_within_it() throws Exception {
    String svg = Plot.svg(findings().charts().get(0));
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();

    assertThat(root.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    Element line = (Element) root.getElementsByTagName("polyline").item(0);
    // 0 to 10 across, 0 to 250 upwards, for the steps are 50.
    assertThat(line.getAttribute("points")).isEqualTo("64.0,138.4 700.0,56.8");
  }

  @ParameterizedTest
  @CsvSource({"1, 0.2", "5, 1", "5.1, 2", "9, 2", "99, 20", "101, 25", "4321, 1000", "0.01, 0.002"})
  void five_even_steps_reach_the_highest_point(double highest, double step) {
    assertThat(Plot.step(highest)).isEqualTo(step);
    assertThat(Plot.step(highest) * 5).isGreaterThanOrEqualTo(highest);
  }

  @Test
  void the_run_holds_only_if_everything_held() {
    Findings good = new Findings("start", "Well.");
    good.require("ready", "1 s", true);

    assertThat(new Report("now", Map.of(), List.of(good)).holds()).isTrue();
    assertThat(new Report("now", Map.of(), List.of(good, findings())).holds()).isFalse();
    assertThat(report().json().at("/scenarios/0/figures/0/samples").size()).isEqualTo(3);
    assertThat(report().json().at("/scenarios/0/requirements/1/held").asBoolean(true)).isFalse();
  }
}
