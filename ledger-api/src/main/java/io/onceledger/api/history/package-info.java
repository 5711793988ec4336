/** The life of an idempotency key: {@link io.onceledger.api.history.KeyResource}. */
package io.onceledger.api.history;
