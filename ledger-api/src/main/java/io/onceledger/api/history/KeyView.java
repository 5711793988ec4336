package io.onceledger.api.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.api.acceptance.Answers;
import io.onceledger.api.event.EventView;
import io.onceledger.api.ledger.EntryView;
import io.onceledger.core.history.KeyHistory;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.processor.Attempt;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The life of one idempotency key. */
@Schema(name = "IdempotencyKey")
@JsonPropertyOrder({
  "key",
  "resource",
  "first_seen_at",
  "deliveries",
  "replays",
  "mismatches",
  "attempts",
  "entries",
  "events",
  "webhook_deliveries",
  "timeline",
  "next_retry"
})
record KeyView(
    String key,
    @Schema(description = "What its first delivery made") String resource,
    Instant firstSeenAt,
    @Schema(description = "1 + replays + mismatches") long deliveries,
    @Schema(description = "Repeats that got the receipt") long replays,
    @Schema(description = "Deliveries of something else, refused") long mismatches,
    List<AttemptView> attempts,
    List<EntryView> entries,
    List<EventView> events,
    @Schema(description = "Empty: merchants are not notified yet") List<Object> webhookDeliveries,
    @Schema(description = "All of it in the order of time") List<Moment> timeline,
    NextRetry nextRetry) {

  /** One try at the processor. */
  @Schema(name = "Attempt")
  record AttemptView(
      @Schema(description = "Counts claims; gaps are claims that were lost before any call") int n,
      Instant claimedAt,
      @Schema(enumeration = {"send", "look_up", "cancel"}) String call,
      @Schema(enumeration = {"not_sent", "approved", "declined", "ambiguous", "absent", "canceled"})
          String outcome,
      @Schema(nullable = true, description = "Null when there was no answer") Integer httpStatus,
      @Schema(nullable = true, description = "From the first byte to the answer")
          Integer latencyMs) {

    static AttemptView of(Attempt attempt) {
      return new AttemptView(
          attempt.n(),
          attempt.claimedAt(),
          attempt.call().text(),
          attempt.outcome().text(),
          attempt.httpStatus(),
          attempt.latencyMillis());
    }
  }

  /** What a repeat of the first request would get now. */
  @Schema(name = "NextRetry")
  record NextRetry(@Schema(enumeration = {"replay", "mismatch"}) String verdict, String reason) {

    /** What decided is what decides real deliveries. */
    static NextRetry of(KeyHistory history) {
      return history.next() instanceof Acceptance.Replayed
          ? new NextRetry(
              "replay",
              "It names this %s for ever: the same request gets its receipt again and %s nothing,"
                      .formatted(
                          history.refund() == null ? "charge" : "refund",
                          history.refund() == null ? "charges" : "refunds")
                  + " another request is refused")
          : new NextRetry(
              "mismatch", "The stored request no longer has its fingerprint: its row was changed");
    }
  }

  static KeyView of(KeyHistory history) {
    var receipt = history.receipt();
    return new KeyView(
        receipt.key(),
        Answers.path(receipt.resource().kind(), receipt.resource().text()),
        receipt.createdAt(),
        1 + history.replays() + history.mismatches(),
        history.replays(),
        history.mismatches(),
        history.attempts().stream().map(AttemptView::of).toList(),
        history.entries().stream().map(EntryView::of).toList(),
        history.events().stream()
            .map(event -> EventView.of(event, history.charge(), history.refund()))
            .toList(),
        List.of(),
        Moment.timeline(history),
        NextRetry.of(history));
  }
}
