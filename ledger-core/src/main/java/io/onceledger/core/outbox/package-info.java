/**
 * Work that has to leave the database. A message is claimed under a lease ({@link
 * io.onceledger.core.outbox.OutboxClaims#claim}), worked on outside of any transaction, and removed
 * or put back under the fence of its claim by whoever records the outcome.
 */
package io.onceledger.core.outbox;
