package io.onceledger.core.event;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An event as it was appended by {@link Events}: what changed, and when. For reading only. */
@Entity
@Immutable
@Table(name = "event")
@IdClass(RecordedEvent.Key.class)
public class RecordedEvent {

  /** Its place in the life of its charge. */
  public record Key(UUID merchantId, UUID chargeId, int sequence) implements Serializable {}

  @Id
  @Column(name = "merchant_id")
  public UUID merchantId;

  @Id
  @Column(name = "charge_id")
  public UUID chargeId;

  /** Counts from 1 per charge, its refunds and disputes included. */
  @Id public int sequence;

  public UUID id;

  @Column(name = "refund_id")
  public UUID refundId;

  public String type;

  /** Of the resource, as all that follows, right after the event. */
  public String status;

  @Column(name = "amount_refunded")
  public long amountRefunded;

  @Column(name = "decline_code")
  public String declineCode;

  @Column(name = "processor_payment")
  public String processorPayment;

  @Column(name = "created_at")
  public Instant createdAt;
}
