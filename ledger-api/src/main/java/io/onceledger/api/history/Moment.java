package io.onceledger.api.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.history.KeyHistory;
import io.onceledger.core.processor.Attempt;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One moment in the life of a key. */
@Schema(name = "Moment")
@JsonPropertyOrder({"at", "what", "detail"})
record Moment(
    Instant at,
    @Schema(
            description =
                "accepted, attempt, entry, repeated, or the type of an event such as"
                    + " charge.succeeded")
        String what,
    String detail) {

  /** All moments in the order of time; those of one transaction in the order of cause. */
  static List<Moment> timeline(KeyHistory history) {
    var receipt = history.receipt();
    Stream<Moment> accepted =
        Stream.of(
            new Moment(
                receipt.createdAt(),
                "accepted",
                "key, %s and outbox message committed"
                    .formatted(history.refund() == null ? "charge" : "refund")));
    Stream<Moment> attempts = history.attempts().stream().map(Moment::of);
    Stream<Moment> events =
        history.events().stream()
            .map(event -> new Moment(event.createdAt, event.type, "event " + event.sequence));
    Stream<Moment> entries =
        history.entries().stream()
            .map(
                entry ->
                    new Moment(
                        entry.postedAt,
                        "entry",
                        "%s %s %s: %s to %s"
                            .formatted(
                                entry.kind,
                                entry.amount,
                                entry.currency,
                                entry.debitAccount,
                                entry.creditAccount)));
    Stream<Moment> repeats =
        Stream.ofNullable(history.lastRepeatAt())
            .map(
                at ->
                    new Moment(
                        at,
                        "repeated",
                        "for the last time of %s; %s of them with another request"
                            .formatted(
                                history.replays() + history.mismatches(), history.mismatches())));
    return Stream.of(accepted, attempts, events, entries, repeats)
        .flatMap(moments -> moments)
        .sorted(Comparator.comparing(Moment::at))
        .toList();
  }

  private static Moment of(Attempt attempt) {
    String answer =
        attempt.httpStatus() == null
            ? "no answer"
            : "answered %s in %s ms".formatted(attempt.httpStatus(), attempt.latencyMillis());
    return new Moment(
        attempt.claimedAt(),
        "attempt",
        "%s: %s, %s, %s"
            .formatted(attempt.n(), attempt.call().text(), attempt.outcome().text(), answer));
  }
}
