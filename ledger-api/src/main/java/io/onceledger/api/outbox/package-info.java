/**
 * Work that has not left yet, for operators: {@link io.onceledger.api.outbox.OutboxResource} for
 * who asks, {@link io.onceledger.api.outbox.BacklogGauges} for who watches.
 */
package io.onceledger.api.outbox;
