package io.onceledger.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.ledger.Posting;
import io.onceledger.core.settlement.ReportLine.Settled;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementPostingsTest {

  private static final String FEE = "processor_fee processor_cost<-processor_receivable ";

  /** The receivable is what a charge put in (amount) or a refund took out (−amount). */
  @ParameterizedTest
  @CsvSource({
    "PAYMENT,          1000, 15, settlement_bank<-processor_receivable 985",
    "PAYMENT,          1000, 0,  settlement_bank<-processor_receivable 1000",
    "PAYMENT,          15,   15, ''",
    "PAYMENT,          10,   15, processor_receivable<-settlement_bank 5",
    "PAYMENT,          0,    0,  ''",
    "REFUND,           1000, 0,  processor_receivable<-settlement_bank 1000",
    "REFUND,           1000, 15, processor_receivable<-settlement_bank 1015",
    "DISPUTE,          1000, 15, processor_receivable<-settlement_bank 1015",
    "DISPUTE_REVERSAL, 1000, 15, settlement_bank<-processor_receivable 985",
    "PAYMENT,   99999999999, 0,  settlement_bank<-processor_receivable 99999999999"
  })
  void a_line_is_worth(LineType type, long amount, long fee, String settlement) {
    List<String> expected =
        java.util.stream.Stream.of(
                settlement.isEmpty() ? "" : "settlement " + settlement, fee > 0 ? FEE + fee : "")
            .filter(text -> !text.isEmpty())
            .toList();

    assertThat(postings(type, amount, fee).map(SettlementPostingsTest::text).toList())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"PAYMENT, 1", "REFUND, -1", "DISPUTE, -1", "DISPUTE_REVERSAL, 1"})
  void the_receivable_loses_exactly_the_amount_with_its_sign(LineType type, int sign) {
    long moved =
        postings(type, 1_000, 15)
            .mapToLong(
                posting ->
                    posting.credit().text().equals("processor_receivable")
                        ? posting.amount()
                        : -posting.amount())
            .sum();

    assertThat(moved).isEqualTo(sign * 1_000L);
  }

  @Test
  void the_source_is_the_line_and_the_charge_is_what_it_names() {
    UUID charge = UUID.randomUUID();
    Settled line = line(LineType.PAYMENT, 1_000, 15);

    assertThat(SettlementPostings.of(new BookedLine(line, charge, null)))
        .allSatisfy(
            posting -> {
              assertThat(posting.source()).isEqualTo(line.id());
              assertThat(posting.charge()).isEqualTo(charge);
              assertThat(posting.refund()).isNull();
            });
  }

  private static java.util.stream.Stream<Posting> postings(LineType type, long amount, long fee) {
    return SettlementPostings.of(new BookedLine(line(type, amount, fee), null, null)).stream();
  }

  private static Settled line(LineType type, long amount, long fee) {
    return new Settled(
        2,
        PublicId.next(),
        type,
        "pay_1",
        PublicId.CHARGE.text(PublicId.next()),
        amount,
        "USD",
        fee,
        Instant.parse("2026-11-20T12:00:00Z"));
  }

  private static String text(Posting posting) {
    return "%s %s<-%s %d"
        .formatted(
            posting.kind().text(),
            posting.debit().text(),
            posting.credit().text(),
            posting.amount());
  }
}
