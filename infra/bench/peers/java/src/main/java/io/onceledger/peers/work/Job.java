package io.onceledger.peers.work;

import java.io.Serializable;

/**
 * What is enqueued: the same three fields for every peer.
 *
 * @param id counts up from 1 in each enqueuing process
 * @param kind {@code noop}, {@code processor} or {@code slow}
 * @param at when it was enqueued, in milliseconds of the wall clock
 */
public record Job(long id, String kind, long at) implements Serializable {}
