package io.onceledger.api.refund;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.charge.Status;
import io.onceledger.core.event.RecordedEvent;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.refund.Refund;
import io.onceledger.core.refund.RefundReceipt;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A refund as it is answered. */
@Schema(name = "Refund")
@JsonPropertyOrder({
  "id",
  "object",
  "charge",
  "amount",
  "currency",
  "reason",
  "status",
  "decline_code",
  "idempotency_key",
  "created_at",
  "updated_at"
})
public record RefundView(
    @Schema(examples = "re_01kagjq1p3e9gsxy3q6rr4c1ew") String id,
    @Schema(enumeration = "refund") String object,
    @Schema(examples = "ch_01kagjq1p3e9gsxy3q6rr4c1ew") String charge,
    @Schema(description = "In minor units: 1000 is 10.00 USD", examples = "400") long amount,
    @Schema(description = "ISO 4217; the charge's", examples = "USD") String currency,
    @Schema(nullable = true) String reason,
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
    @Schema(nullable = true, description = "The processor's reason; null unless declined")
        String declineCode,
    @Schema(description = "The key as it is, without quotes") String idempotencyKey,
    Instant createdAt,
    Instant updatedAt) {

  private static final String OBJECT = "refund";

  /** As it is now. */
  static RefundView of(Refund refund) {
    return with(refund, refund.status, refund.declineCode, refund.updatedAt);
  }

  /** As it was right after {@code event}: what never changes, and what the event kept. */
  public static RefundView at(RecordedEvent event, Refund refund) {
    return with(refund, event.status, event.declineCode, event.createdAt);
  }

  /** As it was at its acceptance. */
  static RefundView of(RefundReceipt receipt) {
    return new RefundView(
        receipt.resource().text(),
        OBJECT,
        PublicId.CHARGE.text(receipt.resource().charge()),
        receipt.amount(),
        receipt.currency(),
        receipt.request().reason(),
        Status.PENDING.text(),
        null,
        receipt.key(),
        receipt.createdAt(),
        receipt.createdAt());
  }

  private static RefundView with(
      Refund refund, String status, String declineCode, Instant updatedAt) {
    return new RefundView(
        PublicId.REFUND.text(refund.id),
        OBJECT,
        PublicId.CHARGE.text(refund.chargeId),
        refund.amount,
        refund.currency,
        refund.reason,
        status,
        declineCode,
        refund.idempotencyKey,
        refund.createdAt,
        updatedAt);
  }
}
