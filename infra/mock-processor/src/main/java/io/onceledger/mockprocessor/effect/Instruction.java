package io.onceledger.mockprocessor.effect;

/**
 * A well-formed request to move money. Two of them are the same intent if they are equal.
 *
 * @param amount minor units, positive
 * @param source the payment method of a payment, the payment of a refund
 */
public record Instruction(Key key, long amount, String currency, String source, String reference) {

  /** Millions of them are remembered: the texts that recur are shared. */
  public Instruction {
    currency = currency.intern();
    source = key.resource() == Resource.PAYMENT ? source.intern() : source;
  }

  public Resource resource() {
    return key.resource();
  }
}
