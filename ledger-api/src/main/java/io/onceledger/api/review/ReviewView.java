package io.onceledger.api.review;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.review.Review;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A review as it is answered. */
@Schema(name = "Review")
@JsonPropertyOrder({
  "id",
  "object",
  "merchant",
  "charge",
  "refund",
  "reason",
  "opened_at",
  "age_seconds",
  "resource_status",
  "amount",
  "currency",
  "resolved_at",
  "decision",
  "processor_payment",
  "note",
  "resolved_by"
})
record ReviewView(
    @Schema(examples = "rev_01kagjq1p3e9gsxy3q6rr4c1ew") String id,
    @Schema(enumeration = "review") String object,
    @Schema(examples = "mer_01kagjq1p3e9gsxy3q6rr4c1ew") String merchant,
    @Schema(examples = "ch_01kagjq1p3e9gsxy3q6rr4c1ew") String charge,
    @Schema(nullable = true, description = "The refund that it is about") String refund,
    @Schema(description = "Why a person is asked") String reason,
    Instant openedAt,
    @Schema(description = "How long it has been open, or was, on the database's clock")
        long ageSeconds,
    @Schema(description = "Of the charge or refund, now", examples = "needs_review")
        String resourceStatus,
    @Schema(description = "Of the charge or refund, in minor units", examples = "1000") long amount,
    @Schema(description = "ISO 4217", examples = "USD") String currency,
    @Schema(nullable = true) Instant resolvedAt,
    @Schema(
            nullable = true,
            description =
                "The status that a person decided on; null while it is open, and when the"
                    + " processor's answer resolved it")
        String decision,
    @Schema(nullable = true, description = "That the person named") String processorPayment,
    @Schema(nullable = true, description = "How it was found out") String note,
    @Schema(
            nullable = true,
            description = "The operator's key",
            examples = "key_01kagjq1p3e9gsxy3q6rr4c1ew")
        String resolvedBy) {

  private static final String OBJECT = "review";

  static ReviewView of(Review review) {
    Optional<Review.Resolution> resolution = Optional.ofNullable(review.resolution());
    return new ReviewView(
        PublicId.REVIEW.text(review.id()),
        OBJECT,
        PublicId.MERCHANT.text(review.about().merchant()),
        PublicId.CHARGE.text(review.about().charge()),
        Optional.ofNullable(review.about().refund()).map(PublicId.REFUND::text).orElse(null),
        review.reason(),
        review.openedAt(),
        review.ageSeconds(),
        review.subject().status(),
        review.subject().amount(),
        review.subject().currency(),
        review.resolvedAt(),
        resolution.map(Review.Resolution::decision).orElse(null),
        resolution.map(Review.Resolution::processorPayment).orElse(null),
        resolution.map(Review.Resolution::note).orElse(null),
        resolution.map(Review.Resolution::by).map(PublicId.API_KEY::text).orElse(null));
  }
}
