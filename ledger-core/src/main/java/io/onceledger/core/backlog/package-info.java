/**
 * What is still to be done and for how long it has been waiting, on the database's clock: {@link
 * io.onceledger.core.backlog.OutboxDepth} for who asks, {@link io.onceledger.core.backlog.Backlog}
 * for who watches.
 */
package io.onceledger.core.backlog;
