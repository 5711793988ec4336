package io.onceledger.core.refund;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * A refund as its merchant sees it. For reading only: refunds are written by {@link
 * RefundAcceptance} and {@link RefundRows}.
 */
@Entity
@Immutable
@Table(name = "refund")
@IdClass(Refund.Key.class)
public class Refund {

  /** The key of a refund. */
  public record Key(UUID merchantId, UUID id) implements Serializable {}

  @Id
  @Column(name = "merchant_id")
  public UUID merchantId;

  @Id public UUID id;

  @Column(name = "charge_id")
  public UUID chargeId;

  public long amount;

  public String currency;

  public String reason;

  /** One of {@link io.onceledger.core.charge.Status}, or one that a newer version has added. */
  public String status;

  @Column(name = "decline_code")
  public String declineCode;

  @Column(name = "idempotency_key")
  public String idempotencyKey;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "updated_at")
  public Instant updatedAt;
}
