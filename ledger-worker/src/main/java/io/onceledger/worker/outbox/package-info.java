/**
 * Takes work out of the outbox. {@link io.onceledger.worker.outbox.Dispatcher} claims what is due,
 * has each claim done and its outcome recorded; {@link io.onceledger.worker.outbox.Attempting} is
 * what happens to one claim in between.
 */
package io.onceledger.worker.outbox;
