package io.onceledger.api.ops;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.closing.ClosingStatus;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far the books are closed, as it is answered. */
@Schema(name = "Closing")
@JsonPropertyOrder({
  "closed_until",
  "blocks",
  "entries",
  "head_hash",
  "verified_until",
  "last_round_at",
  "lag_seconds"
})
record ClosingView(
    @Schema(description = "No entry will be added before it") Instant closedUntil,
    long blocks,
    @Schema(description = "In all blocks") long entries,
    @Schema(
            description = "Of the last block: SHA-256 over everything before",
            pattern = "^[0-9a-f]{64}$")
        String headHash,
    @Schema(nullable = true, description = "Up to where the present round of the audit has come")
        Instant verifiedUntil,
    @Schema(nullable = true, description = "When each block had been looked at once more")
        Instant lastRoundAt,
    @Schema(description = "How far closed_until is behind the database's clock") long lagSeconds) {

  static ClosingView of(ClosingStatus status) {
    return new ClosingView(
        status.closedUntil(),
        status.blocks(),
        status.entries(),
        status.headHash(),
        status.verifiedUntil(),
        status.lastRoundAt(),
        status.lagSeconds());
  }
}
