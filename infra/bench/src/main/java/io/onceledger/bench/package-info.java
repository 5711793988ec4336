/**
 * Measures Onceledger beside what the database alone can do, on a stack of its own ({@code
 * infra/bench/run}), and says whether it is as fast as it has to be.
 *
 * <p>Way in: {@link io.onceledger.bench.Bench}; one class for each scenario in {@code scenario}.
 */
package io.onceledger.bench;
