/**
 * The {@code Idempotency-Key} header: what is a key and what is not. {@link
 * io.onceledger.api.idempotency.IdempotencyKeyHeader} reads it.
 */
package io.onceledger.api.idempotency;
