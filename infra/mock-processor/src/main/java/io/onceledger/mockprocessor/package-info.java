/**
 * A card processor to test against: real HTTP, real faults, and a journal that tells the truth
 * about money. {@link io.onceledger.mockprocessor.MockProcessor} is the way in; a request goes
 * through {@code http} to {@code processing}, which asks {@code fault} and {@code idempotency},
 * writes to {@code journal}, and only then answers. Behind it {@code notification} reads the
 * journal and tells the ledger.
 */
package io.onceledger.mockprocessor;
