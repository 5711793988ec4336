package io.onceledger.core.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @ParameterizedTest
  @ValueSource(strings = {"USD", "EUR", "GBP", "CHF", "JPY", "KWD", "INR"})
  void a_currency_in_use_can_be_charged(String code) {
    assertThat(Money.isCurrencyForm(code)).isTrue();
    assertThat(Money.isCurrencyInUse(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"XXX", "XTS", "XAU", "XDR", "HRK", "DEM", "BGN", "ANG", "CHE", "ZZZ"})
  void withdrawn_currencies_funds_metals_and_tests_cannot_be_charged(String code) {
    assertThat(Money.isCurrencyForm(code)).isTrue();
    assertThat(Money.isCurrencyInUse(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "US", "USDT", "usd", "Usd", "840", "USD ", "USD\n", "ＵＳＤ", "UЅD"})
  void anything_but_three_capital_letters_has_not_the_form_of_a_currency(String code) {
    assertThat(Money.isCurrencyForm(code)).isFalse();
  }

  @Test
  void the_locale_of_the_machine_changes_nothing() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertThat(Money.isCurrencyInUse("INR")).isTrue();
      assertThat(Money.isCurrencyForm("ınr")).isFalse();
    } finally {
      Locale.setDefault(before);
    }
  }
}
