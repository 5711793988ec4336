package io.onceledger.core.reconciliation;

import java.time.Duration;

/**
 * The times by which runs are made.
 *
 * @param lease after which a run whose worker has gone is taken over; renewed with each step
 * @param missingAfter by how much a report has to be younger than a success that it lacks
 * @param grace by how much the processor's clock may differ from the database's: so close to
 *     midnight, either day's report will do
 */
public record ReconciliationTerms(Duration lease, Duration missingAfter, Duration grace) {}
