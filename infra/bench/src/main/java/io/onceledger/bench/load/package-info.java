/**
 * Clients: closed loop by wrk where the machine has it, open loop by Hyperfoil, each in a process
 * of its own, so that its CPU time can be told apart.
 *
 * <p>Way in: {@link io.onceledger.bench.load.Loads}.
 */
package io.onceledger.bench.load;
