package io.onceledger.core.charge;

import java.util.List;
import java.util.UUID;

/** What became of a delivery. All but {@link CurrencyNotInUse} are committed. */
public sealed interface Acceptance {

  /** The first of its key: the charge exists now. */
  record Executed(ChargeReceipt receipt) implements Acceptance {}

  /** A repeat: the charge of the first delivery. */
  record Replayed(ChargeReceipt receipt) implements Acceptance {}

  /**
   * The key was used for something else.
   *
   * @param charge the first resource
   * @param pointers the fields that differ
   */
  record Mismatched(UUID charge, List<String> pointers) implements Acceptance {
    /** Keeps its own copy of the pointers. */
    public Mismatched {
      pointers = List.copyOf(pointers);
    }
  }

  /** The key is new, and the currency cannot be charged today; nothing was written. */
  record CurrencyNotInUse() implements Acceptance {}
}
