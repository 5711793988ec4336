package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Ledger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Family
@DisplayName("4 Currencies")
class CurrencyRules {
  private final Ledger ledger;

  CurrencyRules(Ledger ledger) {
    this.ledger = ledger;
  }

  static Stream<Case> noCurrencies() {
    Stream<String> texts =
        Stream.of(
                "usd",
                "Usd",
                "US",
                "USDD",
                "",
                " ",
                "$",
                "840",
                "USD ",
                " USD",
                "USD\\n",
                "USD\\u0000",
                "\uff35\uff33\uff24",
                "U\u0405D",
                "\u216d\u216d\u216d",
                "QQQ",
                "ZZZ",
                "BTC")
            .map(text -> '"' + text + '"');
    return Stream.concat(
        Stream.concat(texts, Stream.of("840", "null", "true", "[\"USD\"]", "{}"))
            .map(value -> Case.member("currency", value)),
        Stream.of(new Case("no currency", ChargeJson.without("currency"), "/currency")));
  }

  @EachCase
  @MethodSource("noCurrencies")
  void what_is_not_the_three_capital_letters_of_a_currency_is_refused(Case row) {
    RefusedBody.naming(ledger, row);
  }

  static Stream<Case> withdrawn() {
    return Stream.of("XXX", "XTS", "XAU", "XAG", "XDR", "HRK", "DEM", "FRF", "LTL", "VEF")
        .map(code -> Case.member("currency", '"' + code + '"'));
  }

  @EachCase
  @MethodSource("withdrawn")
  void what_is_not_money_or_no_longer_in_use_is_refused(Case row) {
    RefusedBody.naming(ledger, row);
  }

  @EachCase
  @CsvSource({"JPY,100", "KWD,105", "EUR,100", "GBP,100"})
  void an_amount_is_kept_as_sent_whatever_minor_unit_the_currency_has(
      String currency, String amount) {
    assertThat(
            ledger.charge(
                ledger.newKey(),
                ChargeJson.with("amount", amount, "currency", '"' + currency + '"')))
        .isFirstReceipt()
        .hasMember("amount", amount)
        .hasMember("currency", currency);
  }
}
