package io.onceledger.core.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** What an account of a merchant stands at. Balances are kept by {@link LedgerEntries}. */
@Entity
@Immutable
@Table(name = "account_balance")
@IdClass(AccountBalanceId.class)
public class AccountBalance {

  @Id
  @Column(name = "merchant_id")
  public UUID merchantId;

  @Id public String account;

  @Id public String currency;

  /** Minor units of {@link #currency}. */
  public long debits;

  /** Minor units of {@link #currency}. */
  public long credits;
}
