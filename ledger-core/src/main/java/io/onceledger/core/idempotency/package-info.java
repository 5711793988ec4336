/**
 * What makes two deliveries the same: the merchant and its key, and nothing else. {@link
 * io.onceledger.core.idempotency.Fingerprint} tells whether they also ask for the same. The record
 * of a key is written together with what it names: see {@code charge.ChargeAcceptance}.
 */
package io.onceledger.core.idempotency;
