package io.onceledger.core.charge;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * A charge as its merchant sees it. For reading only: charges are written by {@link
 * ChargeAcceptance} and {@link ChargeRows}.
 */
@Entity
@Immutable
@Table(name = "charge")
@IdClass(ChargeId.class)
public class Charge {

  @Id
  @Column(name = "merchant_id")
  public UUID merchantId;

  @Id public UUID id;

  public long amount;

  public String currency;

  @Column(name = "payment_method")
  public String paymentMethod;

  public String description;

  /** As the column holds it: a JSON object of texts, or null. */
  @Column(name = "metadata", columnDefinition = "jsonb")
  @org.hibernate.annotations.ColumnTransformer(read = "metadata::text")
  public String metadata;

  /** One of {@link Status}, or one that a newer version has added. */
  public String status;

  @Column(name = "amount_refunded")
  public long amountRefunded;

  @Column(name = "decline_code")
  public String declineCode;

  @Column(name = "processor_payment")
  public String processorPayment;

  @Column(name = "idempotency_key")
  public String idempotencyKey;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "updated_at")
  public Instant updatedAt;

  /** Names and values, sorted by name. */
  public java.util.SortedMap<String, String> metadata() {
    return Metadata.fromColumn(metadata);
  }

  /** Whether waiting for it has an end: it is final, or only a person can go on. */
  public boolean isSettled() {
    return Status.parse(status).map(s -> s.isFinal() || s == Status.NEEDS_REVIEW).orElse(false);
  }
}
