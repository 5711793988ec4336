package io.onceledger.mockprocessor.effect;

/**
 * The name of one intent. Keys of two merchant accounts never meet, nor do a payment's and a
 * refund's.
 */
public record Key(Resource resource, String merchantAccount, String value) {

  /** Millions of them are remembered, of few merchants: their names are shared. */
  public Key {
    merchantAccount = merchantAccount.intern();
  }
}
