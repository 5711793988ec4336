package io.onceledger.core.history;

import io.onceledger.core.charge.Charge;
import io.onceledger.core.event.RecordedEvent;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Receipt;
import io.onceledger.core.ledger.LedgerEntry;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.refund.Refund;
import java.time.Instant;
import java.util.List;

/**
 * The life of one idempotency key.
 *
 * @param receipt of its first request
 * @param next what a repeat of that request would be now
 * @param charge that it made or refunds, as it is now
 * @param refund that it made, as it is now; null when it made a charge
 * @param lastRepeatAt null when it was delivered once
 */
public record KeyHistory(
    Receipt<?> receipt,
    Acceptance<?> next,
    Charge charge,
    Refund refund,
    long replays,
    long mismatches,
    Instant lastRepeatAt,
    List<Attempt> attempts,
    List<LedgerEntry> entries,
    List<RecordedEvent> events) {}
