package io.onceledger.api.outbox;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.processor.Redrives.Verdict.Redriven;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A redrive as it is answered. */
@Schema(name = "Redrive")
@JsonPropertyOrder({
  "object",
  "merchant",
  "charge",
  "refund",
  "resource_status",
  "step",
  "redriven_at"
})
record RedriveView(
    @Schema(enumeration = "redrive") String object,
    @Schema(examples = "mer_01kagjq1p3e9gsxy3q6rr4c1ew") String merchant,
    @Schema(examples = "ch_01kagjq1p3e9gsxy3q6rr4c1ew") String charge,
    @Schema(nullable = true, description = "The refund that it is about") String refund,
    @Schema(
            description = "It stays where it is until an outcome is recorded",
            examples = "needs_review")
        String resourceStatus,
    @Schema(
            enumeration = {"look_up", "send"},
            description = "What is done next; send only where nothing can have left us before")
        String step,
    Instant redrivenAt) {

  private static final String OBJECT = "redrive";

  static RedriveView of(Redriven redriven) {
    return new RedriveView(
        OBJECT,
        PublicId.MERCHANT.text(redriven.resource().merchant()),
        PublicId.CHARGE.text(redriven.resource().charge()),
        redriven.resource().isRefund() ? redriven.resource().text() : null,
        redriven.status(),
        redriven.step().text(),
        redriven.at());
  }
}
