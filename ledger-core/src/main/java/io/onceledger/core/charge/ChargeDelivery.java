package io.onceledger.core.charge;

import io.onceledger.core.idempotency.Fingerprint;
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
    Merchant merchant,
    String key,
    UUID proposedId,
    ChargeRequest request,
    Fingerprint fingerprint) {

  public ChargeDelivery(Merchant merchant, String key, UUID proposedId, ChargeRequest request) {
    this(merchant, key, proposedId, request, request.fingerprint(Fingerprint.VERSION));
  }

  /** Whose key it is. */
  /** Of the request, in the canonical form of {@code version}; computed anew for old ones only. */
  Fingerprint fingerprint(int version) {
    return version == fingerprint.version() ? fingerprint : request.fingerprint(version);
  }

  public UUID merchantId() {
    return merchant.id();
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
