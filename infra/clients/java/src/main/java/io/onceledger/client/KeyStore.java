package io.onceledger.client;

/**
 * Remembers under which idempotency key each intent is sent.
 *
 * <p>An intent is one decision to take money: this order's payment, this month's rent. Only the
 * application knows where one ends and the next begins. That is why a key must not be derived from
 * what is sent: two coffees for the same price on the same card are two intents with one content,
 * and the second would never be charged; a description that was corrected between two attempts is
 * one intent with two contents, and would be charged twice.
 */
@FunctionalInterface
public interface KeyStore {

  /**
   * The key of {@code intent}: a new one when it is first asked for, the same one for ever after.
   * It is durable before this returns, so that whoever sends it will find it again after a crash.
   * Any number of threads, and of processes where the store is shared, may ask at once; all get the
   * same key.
   *
   * @param intent the application's own name for it, such as the number of an order
   * @throws java.io.UncheckedIOException when the key cannot be read or kept; nothing may be sent
   */
  String keyFor(String intent);
}
