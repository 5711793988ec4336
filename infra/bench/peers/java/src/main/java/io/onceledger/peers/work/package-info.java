/**
 * A process of one of the Java peers, told what to do on its standard input.
 *
 * <p>{@link io.onceledger.peers.work.Worker} is the way in; {@link io.onceledger.peers.work.Queue}
 * is what a peer has to offer. The Node.js peers have the same in {@code node/worker.js}.
 */
package io.onceledger.peers.work;
