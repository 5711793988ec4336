package io.onceledger.api.reconciliation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.reconciliation.Difference;
import io.onceledger.core.reconciliation.Difference.Figure;
import io.onceledger.core.reconciliation.Difference.Resolution;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A difference as it is answered. */
@Schema(name = "Difference")
@JsonPropertyOrder({
  "id",
  "object",
  "date",
  "kind",
  "state",
  "merchant",
  "type",
  "payment",
  "reference",
  "charge",
  "refund",
  "reported_amount",
  "reported_currency",
  "our_amount",
  "our_currency",
  "our_status",
  "first_seen",
  "last_seen",
  "age_seconds",
  "resolved_at",
  "note",
  "resolved_by"
})
record DifferenceView(
    @Schema(examples = "dif_01kagjq1p3e9gsxy3q6rr4c1ew") String id,
    @Schema(enumeration = "difference") String object,
    @Schema(description = "Of the first run that found it", examples = "2025-11-20") String date,
    @Schema(enumeration = {"missing_here", "missing_there", "amount", "currency", "status"})
        String kind,
    @Schema(enumeration = {"open", "resolved"}) String state,
    @Schema(examples = "mer_01kagjq1p3e9gsxy3q6rr4c1ew") String merchant,
    @Schema(description = "Of the line", examples = "payment") String type,
    @Schema(nullable = true, description = "The processor's id", examples = "pay_1") String payment,
    @Schema(description = "What the processor got as our id") String reference,
    @Schema(nullable = true, description = "Null when there is none of that name here")
        String charge,
    @Schema(nullable = true) String refund,
    @Schema(nullable = true, description = "In minor units; null when no report names it")
        Long reportedAmount,
    @Schema(nullable = true) String reportedCurrency,
    @Schema(nullable = true, description = "In minor units; null when it is not here")
        Long ourAmount,
    @Schema(nullable = true) String ourCurrency,
    @Schema(nullable = true, description = "When it was last seen", examples = "declined")
        String ourStatus,
    Instant firstSeen,
    Instant lastSeen,
    @Schema(description = "How long it has been open, or was, on the database's clock")
        long ageSeconds,
    @Schema(nullable = true) Instant resolvedAt,
    @Schema(nullable = true, description = "The explanation, or how it went away") String note,
    @Schema(
            nullable = true,
            description = "The operator's key; null when a later run found it gone",
            examples = "key_01kagjq1p3e9gsxy3q6rr4c1ew")
        String resolvedBy) {

  private static final String OBJECT = "difference";

  static DifferenceView of(Difference difference) {
    Optional<Figure> reported = Optional.ofNullable(difference.reported());
    Optional<Figure> ours = Optional.ofNullable(difference.ours());
    Optional<Resolution> resolution = Optional.ofNullable(difference.resolution());
    return new DifferenceView(
        PublicId.DIFFERENCE.text(difference.id()),
        OBJECT,
        difference.date().toString(),
        difference.kind().text(),
        resolution.isPresent() ? "resolved" : "open",
        PublicId.MERCHANT.text(difference.merchant()),
        difference.type(),
        difference.payment(),
        difference.reference(),
        Optional.ofNullable(difference.charge()).map(PublicId.CHARGE::text).orElse(null),
        Optional.ofNullable(difference.refund()).map(PublicId.REFUND::text).orElse(null),
        reported.map(Figure::amount).orElse(null),
        reported.map(Figure::currency).orElse(null),
        ours.map(Figure::amount).orElse(null),
        ours.map(Figure::currency).orElse(null),
        difference.ourStatus(),
        difference.firstSeen(),
        difference.lastSeen(),
        difference.ageSeconds(),
        resolution.map(Resolution::at).orElse(null),
        resolution.map(Resolution::note).orElse(null),
        resolution.map(Resolution::by).map(PublicId.API_KEY::text).orElse(null));
  }
}
