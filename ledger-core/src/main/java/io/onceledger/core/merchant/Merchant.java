package io.onceledger.core.merchant;

import io.onceledger.core.money.FeeTerms;
import java.util.Map;
import java.util.UUID;

/**
 * A tenant.
 *
 * @param feeBasisPoints its fee in 1/100 of a percent
 * @param feeFixed currency to the fixed part of the fee in minor units; absent means none
 */
public record Merchant(UUID id, int feeBasisPoints, Map<String, Long> feeFixed) {

  /** Keeps its own copy of the map. */
  public Merchant {
    feeFixed = Map.copyOf(feeFixed);
  }

  /** The terms that hold for a charge in {@code currency} today. */
  public FeeTerms feeTerms(String currency) {
    return new FeeTerms(feeBasisPoints, feeFixed.getOrDefault(currency, 0L));
  }
}
