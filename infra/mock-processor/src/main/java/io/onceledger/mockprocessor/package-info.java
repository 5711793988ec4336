/**
 * A card processor to test against: real HTTP, real faults, and a journal that tells the truth
 * about money. {@link io.onceledger.mockprocessor.MockProcessor} is the way in; a request goes
 * through {@code http} to {@code processing}, which asks {@code fault} and {@code idempotency},
 * writes to {@code journal}, and only then answers.
 */
package io.onceledger.mockprocessor;
