/**
 * Measures other queues on PostgreSQL as they come, each in processes of its own.
 *
 * <p>{@link io.onceledger.peers.Peers} is the way in; {@link io.onceledger.peers.Peer} says which
 * there are and with which settings; a {@link io.onceledger.peers.Measurement} is one way to
 * measure.
 */
package io.onceledger.peers;
