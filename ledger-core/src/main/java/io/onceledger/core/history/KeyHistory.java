package io.onceledger.core.history;

import io.onceledger.core.charge.Charge;
import io.onceledger.core.charge.NamedCharge;
import io.onceledger.core.event.RecordedEvent;
import io.onceledger.core.ledger.LedgerEntry;
import io.onceledger.core.processor.Attempt;
import java.time.Instant;
import java.util.List;

/**
 * The life of one idempotency key.
 *
 * @param named the first request and what decides the next one
 * @param charge as it is now
 * @param lastRepeatAt null when it was delivered once
 */
public record KeyHistory(
    NamedCharge named,
    Charge charge,
    long replays,
    long mismatches,
    Instant lastRepeatAt,
    List<Attempt> attempts,
    List<LedgerEntry> entries,
    List<RecordedEvent> events) {}
