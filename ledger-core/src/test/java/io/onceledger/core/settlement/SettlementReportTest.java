package io.onceledger.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.settlement.ReportLine.Rejected;
import io.onceledger.core.settlement.ReportLine.Settled;
import io.onceledger.core.testing.TestReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementReportTest {

  private static final UUID MERCHANT = UUID.randomUUID();

  @Test
  void one_bad_line_is_one_bad_line() throws IOException {
    List<ReportLine> lines =
        all(
            new TestReport()
                .payment(MERCHANT, "pay_1", UUID.randomUUID(), 1, 0)
                .raw("\"one quote too many,,,,,,,")
                .raw("x".repeat(1_000_000))
                .raw("")
                .payment(MERCHANT, "pay_2", UUID.randomUUID(), 1, 0)
                .text());

    assertThat(lines)
        .extracting(line -> line.number() + " " + line.getClass().getSimpleName())
        .containsExactly("2 Settled", "3 Rejected", "4 Rejected", "5 Rejected", "6 Settled");
  }

  @Test
  void carriage_returns_and_a_byte_order_mark_are_the_writers_choice() throws IOException {
    String text = new TestReport().payment(MERCHANT, "pay_1", UUID.randomUUID(), 1, 0).text();

    assertThat(all("\ufeff" + text.replace("\n", "\r\n"))).hasOnlyElementsOfType(Settled.class);
  }

  @Test
  void what_is_not_utf_8_is_a_bad_line() throws IOException {
    byte[] file = (TestReport.HEADER + "\npäy\n").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(new SettlementReport(new ByteArrayInputStream(file)).next(10))
        .singleElement()
        .isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "<html>Not found</html>\n",
        TestReport.HEADER,
        TestReport.HEADER + ",more\n",
        "reference,payment,merchant_account,type,amount,currency,fee,settled_at\n"
      })
  void what_does_not_begin_as_a_report_is_none(String text) {
    assertThatThrownBy(() -> all(text)).isInstanceOf(UnreadableReportException.class);
  }

  @Test
  void a_report_that_ends_within_a_line_is_not_all_of_one() {
    String text = new TestReport().payment(MERCHANT, "pay_1", UUID.randomUUID(), 1, 0).text();

    assertThatThrownBy(() -> all(text.substring(0, text.length() - 1)))
        .isInstanceOf(UnreadableReportException.class)
        .hasMessage("The report ends within line 2");
  }

  @Test
  void the_digest_is_that_of_the_file() throws Exception {
    String text = new TestReport().payment(MERCHANT, "pay_1", UUID.randomUUID(), 1, 0).text();
    SettlementReport report = report(text);
    report.next(10);

    assertThat(report.digest())
        .isEqualTo(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<ReportLine> all(String text) throws IOException {
    SettlementReport report = report(text);
    List<ReportLine> all = new ArrayList<>();
    List<ReportLine> some = report.next(2);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = report.next(2);
    }
    return all;
  }

  private static SettlementReport report(String text) {
    return new SettlementReport(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
