package io.onceledger.mockprocessor.summary;

/**
 * Payments that took effect in one currency.
 *
 * @param amount their sum in minor units
 */
public record CurrencyTotal(long effects, long amount) {
  static final CurrencyTotal ZERO = new CurrencyTotal(0, 0);

  CurrencyTotal plus(long payment) {
    return new CurrencyTotal(effects + 1, Math.addExact(amount, payment));
  }
}
