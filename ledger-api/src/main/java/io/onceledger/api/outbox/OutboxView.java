package io.onceledger.api.outbox;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.backlog.OutboxDepth.Waiting;
import io.onceledger.core.outbox.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What waits in the outbox as it is answered. */
@Schema(name = "Outbox")
@JsonPropertyOrder({"depth", "oldest_age_seconds", "in_flight", "dead", "destinations"})
record OutboxView(
    @Schema(description = "Messages, dead ones included") long depth,
    @Schema(
            description =
                "Of the oldest message that is not dead, since its charge was accepted, on the"
                    + " database's clock; 0 when there is none")
        long oldestAgeSeconds,
    @Schema(description = "Messages that a worker is at") long inFlight,
    @Schema(description = "Parked messages: nothing is done for them until a person says so")
        long dead,
    @Schema(description = "The same by where they go") Map<String, Destination> destinations) {

  private static final String PROCESSOR = "processor";
  private static final Waiting NONE = new Waiting(0, 0, 0);

  /** What waits for one destination. */
  @Schema(name = "OutboxDestination")
  @JsonPropertyOrder({"depth", "oldest_age_seconds", "in_flight", "dead", "by_step"})
  record Destination(
      long depth,
      long oldestAgeSeconds,
      long inFlight,
      long dead,
      @Schema(description = "Messages by what is done next for them") Map<String, Long> byStep) {}

  static OutboxView of(Map<Step, Waiting> steps) {
    Map<String, Long> byStep = new LinkedHashMap<>();
    long depth = 0;
    long oldestAge = 0;
    long inFlight = 0;
    for (Step step : Step.values()) {
      Waiting waiting = steps.getOrDefault(step, NONE);
      byStep.put(step.text(), waiting.messages());
      depth += waiting.messages();
      inFlight += waiting.inFlight();
      if (step != Step.PARKED) {
        oldestAge = Math.max(oldestAge, waiting.oldestAgeSeconds());
      }
    }
    long dead = byStep.get(Step.PARKED.text());
    return new OutboxView(
        depth,
        oldestAge,
        inFlight,
        dead,
        Map.of(PROCESSOR, new Destination(depth, oldestAge, inFlight, dead, byStep)));
  }
}
