package io.onceledger.mockprocessor.effect;

/**
 * A well-formed request to move money. Two of them are the same intent if they are equal.
 *
 * @param amount minor units, positive
 * @param source the payment method of a payment, the payment of a refund
 */
public record Instruction(Key key, long amount, String currency, String source, String reference) {

  /**
   * The same with one shared copy of the texts that recur: half of what a remembered key would
   * otherwise cost is merchant accounts, currencies and payment methods.
   */
  public Instruction shared() {
    Key sharedKey = new Key(key.resource(), key.merchantAccount().intern(), key.value());
    String sharedSource = resource() == Resource.PAYMENT ? source.intern() : source;
    return new Instruction(sharedKey, amount, currency.intern(), sharedSource, reference);
  }

  public Resource resource() {
    return key.resource();
  }
}
