package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.standalone.demo.Evidence.Charge;
import io.onceledger.standalone.demo.Evidence.Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void amounts_have_the_decimals_of_their_currency_and_figures_stand_below_each_other() {
    List<String> lines = lines(123_456_789);
    assertThat(lines).anyMatch(line -> line.matches("ledger KWD balanced, charged +123,456.789"));
    assertThat(lines.subList(0, 10).stream().map(String::length).distinct()).hasSize(1);
    assertThat(lines.get(lines.size() - 1)).startsWith("Proven");
  }

  @Test
  void what_is_wrong_is_told() {
    List<String> lines = lines(1);
    assertThat(lines).anyMatch(line -> line.startsWith("ledger KWD NOT BALANCED"));
    assertThat(lines).contains("unbalanced: KWD: posted 1, succeeded 123456789");
    assertThat(lines.get(lines.size() - 1)).startsWith("NOT proven");
  }

  private static List<String> lines(long posted) {
    long amount = 123_456_789;
    Evidence evidence =
        new Evidence(
            Map.of("k", new Order("k", amount, "KWD", "pm_card_visa", "")),
            Map.of("k", "ch_1"),
            Map.of(),
            Set.of(),
            Map.of("ch_1", new Charge("ch_1", "k", amount, "KWD", "succeeded")),
            List.of(new Entry("ch_1", "charge", posted, "KWD")),
            List.of(new Effect("k", "ch_1", amount, "KWD")),
            List.of(),
            List.of());
    return Report.lines(
        new Report.Sent(1, 0, 0, 0), evidence, new Processor.Counts(1, 1, 0), Proof.of(evidence));
  }
}
