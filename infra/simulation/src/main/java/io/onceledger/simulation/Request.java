package io.onceledger.simulation;

import io.onceledger.core.outbox.Step;
import java.util.UUID;

/**
 * What goes over the wire to the processor.
 *
 * @param amount minor units of {@code currency}
 */
record Request(
    Step step,
    UUID charge,
    String merchantAccount,
    String key,
    String reference,
    long amount,
    String currency) {

  @Override
  public String toString() {
    return "%s %s of %s: %d %s".formatted(step.text(), key, merchantAccount, amount, currency);
  }

  Name name() {
    return new Name(merchantAccount, key);
  }

  /** By which the processor tells keys apart. */
  record Name(String merchantAccount, String key) {}
}
