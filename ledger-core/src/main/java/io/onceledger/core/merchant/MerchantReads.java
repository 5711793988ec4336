package io.onceledger.core.merchant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reads for one merchant. Row-level security shows the reader role only the rows of the merchant
 * that the transaction names, so that a query that forgets its filter shows nothing of others.
 */
@ApplicationScoped
public class MerchantReads {

  private final EntityManager entities;

  public MerchantReads(EntityManager entities) {
    this.entities = entities;
  }

  /** Runs {@code read} in a transaction that sees this merchant's rows and no others. */
  @Transactional
  public <R> R of(UUID merchant, Supplier<R> read) {
    return named(merchant, read);
  }

  /** As {@link #of}; all statements of {@code read} see one snapshot. */
  @Transactional
  public <R> R snapshotOf(UUID merchant, Supplier<R> read) {
    // Has to come first: any other statement takes a snapshot.
    entities
        .createNativeQuery("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        .executeUpdate();
    return named(merchant, read);
  }

  private <R> R named(UUID merchant, Supplier<R> read) {
    entities
        .createNativeQuery("SELECT set_config('ledger.merchant', :merchant, true)", String.class)
        .setParameter("merchant", merchant.toString())
        .getSingleResult();
    return read.get();
  }
}
