/**
 * What is measured. One class for each scenario, all alike: say what it is held to, play, hold.
 *
 * <p>Way in: {@link io.onceledger.bench.scenario.Scenario}.
 */
package io.onceledger.bench.scenario;
