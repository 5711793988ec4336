package io.onceledger.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.settlement.ReportLine.Rejected;
import io.onceledger.core.settlement.ReportLine.Settled;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

  private static final UUID MERCHANT = PublicId.next();
  private static final UUID CHARGE = PublicId.next();

  @Test
  void a_line_is_read_as_it_is_written() {
    Settled line = (Settled) LineReader.read(7, good());

    assertThat(line.number()).isEqualTo(7);
    assertThat(line.merchant()).isEqualTo(MERCHANT);
    assertThat(line.type()).isEqualTo(LineType.PAYMENT);
    assertThat(line.payment()).isEqualTo("pay_1");
    assertThat(line.reference()).isEqualTo(PublicId.CHARGE.text(CHARGE));
    assertThat(line.resource()).isEqualTo(CHARGE);
    assertThat(line.amount()).isEqualTo(1_000);
    assertThat(line.currency()).isEqualTo("USD");
    assertThat(line.fee()).isEqualTo(15);
    assertThat(line.settledAt()).isEqualTo(Instant.parse("2026-11-20T12:00:00.123456Z"));
  }

  @Test
  void quotes_are_the_writers_choice() {
    assertThat(LineReader.read(2, "\"" + good().replace(",", "\",\"") + "\""))
        .isInstanceOf(Settled.class);
  }

  @Test
  void a_reference_that_is_none_of_ours_is_kept_and_names_nothing() {
    Settled line = (Settled) LineReader.read(2, with(1, "order-17"));

    assertThat(line.reference()).isEqualTo("order-17");
    assertThat(line.resource()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "payment, PAYMENT",
    "charge, PAYMENT",
    "refund, REFUND",
    "dispute, DISPUTE",
    "dispute_reversal, DISPUTE_REVERSAL"
  })
  void types_have_these_names(String text, LineType type) {
    assertThat(((Settled) LineReader.read(2, with(3, text))).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "0,'',payment",
        "0,pay 1,payment",
        "0,päy,payment",
        "0,pay\0,payment",
        "1,'',reference",
        "2,acme,merchant_account",
        "2,mer_,merchant_account",
        "3,Payment,type",
        "3,payout,type",
        "4,'',amount",
        "4,-1,amount",
        "4,+1,amount",
        "4,01,amount",
        "4,1.5,amount",
        "4,1e3,amount",
        "4,' 1',amount",
        "4,١,amount",
        "4,100000000000,amount",
        "5,usd,currency",
        "5,USDT,currency",
        "6,-1,fee",
        "6,,fee",
        "7,yesterday,settled_at",
        "7,2026-11-20,settled_at",
        "7,2026-11-20T12:00:00,settled_at",
        "7,2026-02-30T12:00:00Z,settled_at",
        "7,+99999-11-20T12:00:00Z,settled_at",
        "7,0001-01-01T00:00:00+01:00,settled_at",
        "7,9999-12-31T23:59:59-01:00,settled_at",
        "7,+999999999-12-31T23:59:59-18:00,settled_at"
      })
  void a_bad_field_is_named(int column, String value, String name) {
    assertThat(LineReader.read(3, with(column, value == null ? "" : value)))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.number()).isEqualTo(3);
              assertThat(rejected.reason()).startsWith(name + " is not ").hasSizeLessThan(200);
            });
  }

  @Test
  void an_id_may_be_long_and_not_longer() {
    assertThat(LineReader.read(2, with(0, "x".repeat(255)))).isInstanceOf(Settled.class);
    assertThat(LineReader.read(2, with(0, "x".repeat(256)))).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pay_1", "a,b,c,d,e,f,g,h,i", "\"", "\"a\"b,c", "\0"})
  void what_is_no_record_of_eight_is_rejected(String line) {
    assertThat(LineReader.read(2, line)).isInstanceOf(Rejected.class);
  }

  @Test
  void a_reason_never_repeats_what_the_line_holds() {
    assertThat(((Rejected) LineReader.read(2, with(4, "4242424242424242"))).reason())
        .doesNotContain("4242");
  }

  private static String good() {
    return "pay_1,%s,%s,payment,1000,USD,15,2026-11-20T12:00:00.123456Z"
        .formatted(PublicId.CHARGE.text(CHARGE), PublicId.MERCHANT.text(MERCHANT));
  }

  private static String with(int column, String value) {
    String[] fields = good().split(",", -1);
    fields[column] = value;
    return String.join(",", fields);
  }
}
