package io.onceledger.core.ledger;

import io.onceledger.core.merchant.MerchantReads;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads balances for their merchant. Needs the reader role; each call is one transaction. */
@ApplicationScoped
public class Balances implements PanacheRepositoryBase<AccountBalance, AccountBalanceId> {

  private final MerchantReads reads;

  public Balances(MerchantReads reads) {
    this.reads = reads;
  }

  /** The balance of one account; empty before its first entry. */
  public Optional<AccountBalance> find(UUID merchant, Account account, String currency) {
    return reads.of(
        merchant, () -> findByIdOptional(new AccountBalanceId(merchant, account.text(), currency)));
  }

  /** All balances of the merchant at one instant, by account and currency. */
  public List<AccountBalance> all(UUID merchant) {
    return reads.of(merchant, () -> list("merchantId", Sort.by("account", "currency"), merchant));
  }
}
