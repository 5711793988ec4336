package io.onceledger.core.charge;

import io.onceledger.core.idempotency.Delivery;
import io.onceledger.core.idempotency.Fingerprint;
import io.onceledger.core.idempotency.IdempotencyKey;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.money.FeeTerms;
import io.onceledger.core.money.Money;
import java.util.UUID;

/**
 * One delivery of a charge request, on its way to being accepted.
 *
 * @param proposedId the charge's id if this delivery turns out to be the first of its key
 * @param key the idempotency key, unescaped
 * @param fingerprint of {@code request}, in the canonical form of today
 */
public record ChargeDelivery(
    Merchant merchant, String key, UUID proposedId, ChargeRequest request, Fingerprint fingerprint)
    implements Delivery<ChargeRequest> {

  public ChargeDelivery(Merchant merchant, String key, UUID proposedId, ChargeRequest request) {
    this(merchant, key, proposedId, request, request.fingerprint(Fingerprint.VERSION));
  }

  @Override
  public IdempotencyKey name() {
    return new IdempotencyKey(merchant.id(), key);
  }

  /** The terms of its merchant today. */
  public FeeTerms feeTerms() {
    return merchant.feeTerms(request.currency());
  }

  /**
   * Whether the request may be executed if its key is new. What depends on time is no reason to
   * refuse a replay, so it is asked only of a first delivery.
   */
  public boolean mayExecute() {
    return Money.isCurrencyInUse(request.currency());
  }
}
