package io.onceledger.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which entries a list shows: those that fit every part that is present.
 *
 * @param account on either side
 */
public record EntryFilter(
    Optional<UUID> charge,
    Optional<UUID> refund,
    Optional<Account> account,
    Optional<String> currency,
    Optional<Instant> from,
    Optional<Instant> to) {}
