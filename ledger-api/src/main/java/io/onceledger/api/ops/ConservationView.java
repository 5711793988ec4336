package io.onceledger.api.ops;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.charge.Status;
import io.onceledger.core.invariant.Conservation;
import java.time.Instant;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The request equations as they are answered. */
@Schema(name = "Conservation")
@JsonPropertyOrder({
  "as_of",
  "deliveries",
  "executed",
  "replayed",
  "mismatched",
  "charges",
  "unknown_open",
  "processor",
  "escaped"
})
record ConservationView(
    Instant asOf,
    @Schema(description = "That were decided: executed + replayed + mismatched") long deliveries,
    @Schema(description = "Keys that made something") long executed,
    long replayed,
    long mismatched,
    @Schema(description = "By status; statuses that no charge has are absent")
        SortedMap<String, Long> charges,
    @Schema(description = "Charges of which nobody knows yet what became of them") long unknownOpen,
    @Schema(nullable = true, description = "The processor's own figures; null when not asked")
        ProcessorFigures processor,
    @Schema(nullable = true, description = "Effects at the processor beyond one per charge")
        Long escaped) {

  static ConservationView of(Conservation.Counts counts, ProcessorFigures processor) {
    return new ConservationView(
        counts.asOf(),
        counts.deliveries(),
        counts.executed(),
        counts.replayed(),
        counts.mismatched(),
        counts.charges(),
        Stream.of(Status.UNKNOWN, Status.NEEDS_REVIEW)
            .mapToLong(status -> counts.charges().getOrDefault(status.text(), 0L))
            .sum(),
        processor,
        processor == null ? null : processor.escaped());
  }
}
