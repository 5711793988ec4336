package io.onceledger.api.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.api.charge.ChargeView;
import io.onceledger.api.refund.RefundView;
import io.onceledger.core.charge.Charge;
import io.onceledger.core.event.RecordedEvent;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.refund.Refund;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event as it is answered: its data is the charge or refund as GET showed it then. */
@Schema(name = "Event")
@JsonPropertyOrder({
  "id",
  "object",
  "type",
  "merchant",
  "charge",
  "refund",
  "sequence",
  "data",
  "created_at"
})
public record EventView(
    @Schema(examples = "evt_01kagjq1p3e9gsxy3q6rr4c1ew") String id,
    @Schema(enumeration = "event") String object,
    @Schema(examples = "charge.succeeded") String type,
    String merchant,
    String charge,
    @Schema(nullable = true) String refund,
    @Schema(description = "Counts per charge, its refunds and disputes included") int sequence,
    @Schema(oneOf = {ChargeView.class, RefundView.class}) Object data,
    Instant createdAt) {

  private static final String OBJECT = "event";

  /**
   * One of {@code charge}.
   *
   * @param refund the one that it is about; null for an event of the charge itself
   */
  public static EventView of(RecordedEvent event, Charge charge, Refund refund) {
    return new EventView(
        PublicId.EVENT.text(event.id),
        OBJECT,
        event.type,
        PublicId.MERCHANT.text(event.merchantId),
        PublicId.CHARGE.text(event.chargeId),
        event.refundId == null ? null : PublicId.REFUND.text(event.refundId),
        event.sequence,
        refund == null ? ChargeView.at(event, charge) : RefundView.at(event, refund),
        event.createdAt);
  }
}
