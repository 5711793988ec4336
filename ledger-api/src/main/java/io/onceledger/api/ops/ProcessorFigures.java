package io.onceledger.api.ops;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the processor says of itself.
 *
 * @param escaped effects beyond the first of each key; shown beside the figures, not among them
 */
record ProcessorFigures(
    @Schema(description = "Charges and refunds that reached it, repeats included") long requests,
    @Schema(description = "Charges that took money") long effects,
    @Schema(description = "Repeats that it answered without acting") long absorbed,
    @Schema(enumeration = "journal") String source,
    Instant asOf,
    @JsonIgnore @Schema(hidden = true) long escaped) {}
