package io.onceledger.api.access;

import io.onceledger.core.merchant.Caller;
import io.onceledger.core.merchant.Merchant;
import jakarta.enterprise.context.RequestScoped;

/** Who sent the request. Set by {@link AccessFilter}, which lets only the right kind pass. */
@RequestScoped
public class CurrentCaller {

  private Caller caller;

  void set(Caller caller) {
    this.caller = caller;
  }

  /** The merchant; on merchants' routes only. */
  public Merchant merchant() {
    if (caller instanceof Caller.MerchantCaller is) {
      return is.merchant();
    }
    throw new IllegalStateException("a merchant's route was reached without a merchant");
  }
}
