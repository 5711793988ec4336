package io.onceledger.mockprocessor.summary;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * The body of {@code GET /journal/summary}.
 *
 * @param requests POSTs of payments and refunds, readable or not
 * @param effects payments that took money
 * @param absorbed requests answered from what their key had done before
 * @param doubleEffects effects, of payments and refunds, beyond the first of each key
 * @param canceled tombstones laid
 * @param cancels requests to cancel, whatever their answer
 * @param disputes opened, whatever became of them
 * @param maxInFlight the most POSTs that were ever under way at the same time
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Summary(
    long requests,
    long effects,
    long absorbed,
    long maxEffectsPerKey,
    long doubleEffects,
    long declined,
    long canceled,
    long lookups,
    long cancels,
    long refundEffects,
    long disputes,
    long maxInFlight,
    Map<String, CurrencyTotal> byCurrency) {}
