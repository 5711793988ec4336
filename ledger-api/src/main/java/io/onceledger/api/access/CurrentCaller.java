package io.onceledger.api.access;

import io.onceledger.api.problem.ProblemCode;
import io.onceledger.api.problem.Refusal;
import io.onceledger.core.merchant.Caller;
import io.onceledger.core.merchant.Merchant;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** Who sent the request. Set by {@link AccessFilter}, which lets only the right kind pass. */
@RequestScoped
public class CurrentCaller {

  private Caller caller;

  void set(Caller caller) {
    this.caller = caller;
  }

  /**
   * The merchant.
   *
   * @throws Refusal {@code forbidden} for an operator
   */
  public Merchant merchant() {
    if (known() instanceof Caller.MerchantCaller is) {
      return is.merchant();
    }
    throw Refusal.of(ProblemCode.FORBIDDEN, "Use a merchant's key.");
  }

  /**
   * The operator, by the id of the key.
   *
   * @throws Refusal {@code forbidden} for a merchant
   */
  public UUID operator() {
    if (known() instanceof Caller.OperatorCaller is) {
      return is.key();
    }
    throw Refusal.of(ProblemCode.FORBIDDEN, "Use an operator's key.");
  }

  /** Nobody gets to a resource unknown, whichever way the path was written. */
  private Caller known() {
    if (caller == null) {
      throw Refusal.of(ProblemCode.UNAUTHENTICATED, "Send Authorization: Bearer <your key>.");
    }
    return caller;
  }
}
