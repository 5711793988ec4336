package io.onceledger.core.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * An entry as its merchant sees it. Entries are written by {@link LedgerEntries}, and only once.
 */
@Entity
@Immutable
@Table(name = "ledger_entry")
@IdClass(LedgerEntryId.class)
public class LedgerEntry {

  @Id
  @Column(name = "merchant_id")
  public UUID merchantId;

  @Id
  @Column(name = "source_id")
  public UUID sourceId;

  @Id public String kind;

  public UUID id;

  @Column(name = "charge_id")
  public UUID chargeId;

  @Column(name = "refund_id")
  public UUID refundId;

  @Column(name = "debit_account")
  public String debitAccount;

  @Column(name = "credit_account")
  public String creditAccount;

  public long amount;

  public String currency;

  @Column(name = "posted_at")
  public Instant postedAt;
}
