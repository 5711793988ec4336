package io.onceledger.core.merchant;

import java.util.UUID;

/** Who is behind an API key. */
public sealed interface Caller {

  /** Acts for one merchant and sees nothing of the others. */
  record MerchantCaller(Merchant merchant) implements Caller {}

  /**
   * Runs the ledger; has no charges of its own.
   *
   * @param key names the key, for what is to be known later of who decided
   */
  record OperatorCaller(UUID key) implements Caller {}
}
