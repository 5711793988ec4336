package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Ledger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("4 Amounts")
class AmountRules {
  private final Ledger ledger;

  AmountRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<Case> noAmounts() {
    Stream<Case> values =
        Stream.of(
                "null",
                "\"\"",
                "\" \"",
                "\"100\"",
                "\"1e2\"",
                "true",
                "false",
                "[100]",
                "[]",
                "{}",
                "\"\u0661\u0660\u0660\"",
                "\"\uff11\uff10\uff10\"",
                "\"100 USD\"",
                "10.5",
                "10.0",
                "100.00",
                "1e3",
                "1E2",
                "1e-2",
                "0.1",
                "1e400",
                "1e999999999",
                "0",
                "-0",
                "0.0",
                "-1",
                "-100",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                // 2^64 + 100: an overflow would make it a good one.
                "18446744073709551716",
                "100000000000")
            .map(value -> Case.member("amount", value));
    return Stream.concat(
        values, Stream.of(new Case("no amount", ChargeJson.without("amount"), "/amount")));
  }

  @EachCase
  @MethodSource("noAmounts")
  void what_is_not_an_integer_from_1_to_99_999_999_999_is_refused(Case row) {
    RefusedBody.naming(ledger, row);
  }

  @EachCase
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "01",
        "00100",
        "+1",
        "0x10",
        ".5",
        "5.",
        "1_000",
        "1,000",
        "--1",
        "1e",
        "100f",
        "100L",
        "'100'",
        "100 100"
      })
  void what_is_no_number_in_json_is_malformed(String value) {
    RefusedBody.delivered(ledger, ChargeJson.with("amount", value), 400, "malformed-json");
  }

  @Test
  void a_number_of_a_thousand_digits_is_malformed() {
    RefusedBody.delivered(
        ledger, ChargeJson.with("amount", "1".repeat(1_001)), 400, "malformed-json");
  }

  @Test
  @Timeout(10)
  void a_number_that_would_fill_the_memory_is_refused_at_once() {
    RefusedBody.naming(ledger, Case.member("amount", "1e999999999"));
    RefusedBody.naming(ledger, Case.member("amount", "-1e-999999999"));
  }

  @Test
  void one_minor_unit_is_an_amount() {
    assertThat(ledger.charge(ledger.newKey(), ChargeJson.with("amount", "1")))
        .isFirstReceipt()
        .hasMember("amount", "1");
  }
}
