package io.onceledger.core.charge;

import java.time.Instant;
import java.util.Optional;

/** Which charges a list shows: those that fit every part that is present. */
public record ChargeFilter(
    Optional<String> idempotencyKey,
    Optional<Status> status,
    Optional<Instant> createdFrom,
    Optional<Instant> createdTo) {}
