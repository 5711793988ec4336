/**
 * The whole ledger in one thread, on a virtual clock, under a seed. A {@link
 * io.onceledger.simulation.World} joins clients, APIs, workers, network, processor and a model of
 * the database; the decisions are the product's own ({@link io.onceledger.simulation.Decisions}),
 * the promises are watched at every step by {@link io.onceledger.simulation.Invariants}. {@link
 * io.onceledger.simulation.Suite} runs many, {@link io.onceledger.simulation.Simulate} from the
 * command line.
 */
package io.onceledger.simulation;
