package io.onceledger.api.charge;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.charge.Charge;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.Status;
import io.onceledger.core.event.RecordedEvent;
import io.onceledger.core.id.PublicId;
import java.time.Instant;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A charge as it is answered. */
@Schema(name = "Charge")
@JsonPropertyOrder({
  "id",
  "object",
  "amount",
  "currency",
  "payment_method",
  "description",
  "metadata",
  "status",
  "amount_refunded",
  "decline_code",
  "processor_payment",
  "idempotency_key",
  "created_at",
  "updated_at"
})
public record ChargeView(
    @Schema(examples = "ch_01kagjq1p3e9gsxy3q6rr4c1ew") String id,
    @Schema(enumeration = "charge") String object,
    @Schema(description = "In minor units: 1000 is 10.00 USD", examples = "1000") long amount,
    @Schema(description = "ISO 4217", examples = "USD") String currency,
    @Schema(examples = "pm_card_visa") String paymentMethod,
    @Schema(nullable = true) String description,
    SortedMap<String, String> metadata,
    @Schema(
            description =
                "Final: succeeded, declined, canceled. The list may grow: take a status that you do"
                    + " not know for one that is not final.",
            enumeration = {
              "pending",
              "unknown",
              "needs_review",
              "succeeded",
              "declined",
              "canceled"
            })
        String status,
    @Schema(description = "In minor units") long amountRefunded,
    @Schema(nullable = true, description = "The processor's reason; null unless declined")
        String declineCode,
    @Schema(nullable = true, description = "The processor's id of the payment")
        String processorPayment,
    @Schema(description = "The key as it is, without quotes") String idempotencyKey,
    Instant createdAt,
    Instant updatedAt) {

  private static final String OBJECT = "charge";

  /** As it is now. */
  static ChargeView of(Charge charge) {
    return new ChargeView(
        PublicId.CHARGE.text(charge.id),
        OBJECT,
        charge.amount,
        charge.currency,
        charge.paymentMethod,
        charge.description,
        charge.metadata(),
        charge.status,
        charge.amountRefunded,
        charge.declineCode,
        charge.processorPayment,
        charge.idempotencyKey,
        charge.createdAt,
        charge.updatedAt);
  }

  /** As it was right after {@code event}: what never changes, and what the event kept. */
  public static ChargeView at(RecordedEvent event, Charge charge) {
    return new ChargeView(
        PublicId.CHARGE.text(charge.id),
        OBJECT,
        charge.amount,
        charge.currency,
        charge.paymentMethod,
        charge.description,
        charge.metadata(),
        event.status,
        event.amountRefunded,
        event.declineCode,
        event.processorPayment,
        charge.idempotencyKey,
        charge.createdAt,
        event.createdAt);
  }

  /** As it was at its acceptance. */
  static ChargeView of(ChargeReceipt receipt) {
    var request = receipt.request();
    return new ChargeView(
        receipt.resource().text(),
        OBJECT,
        request.amount(),
        request.currency(),
        request.paymentMethod(),
        request.description(),
        request.metadata(),
        Status.PENDING.text(),
        0,
        null,
        null,
        receipt.key(),
        receipt.createdAt(),
        receipt.createdAt());
  }
}
