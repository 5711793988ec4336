/**
 * Explains one idempotency key: its deliveries, the attempts at the processor, what was posted and
 * told, and what a repeat would get now. Start at {@link
 * io.onceledger.core.history.KeyHistories#find}.
 */
package io.onceledger.core.history;
