/**
 * What a run came to, and its two forms: JSON, and one page that needs nothing but itself.
 *
 * <p>Way in: {@link io.onceledger.bench.report.Findings}, which a scenario fills.
 */
package io.onceledger.bench.report;
