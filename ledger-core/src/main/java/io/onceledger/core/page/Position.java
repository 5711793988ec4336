package io.onceledger.core.page;

import java.time.Instant;
import java.util.UUID;

/** Where a page ended: the time of its last row, and its id for rows of the same time. */
public record Position(Instant time, UUID id) {}
