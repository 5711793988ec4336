package io.onceledger.core.merchant;

/** Who is behind an API key. */
public sealed interface Caller {

  /** Acts for one merchant and sees nothing of the others. */
  record MerchantCaller(Merchant merchant) implements Caller {}

  /** Runs the ledger; has no charges of its own. */
  record OperatorCaller() implements Caller {}
}
