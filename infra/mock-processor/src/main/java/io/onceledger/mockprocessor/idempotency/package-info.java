/**
 * What a key remembers, and for how long. {@link
 * io.onceledger.mockprocessor.idempotency.RememberedKeys} holds one {@link
 * io.onceledger.mockprocessor.idempotency.RememberedKey} for each key in use; {@link
 * io.onceledger.mockprocessor.idempotency.Verdict} says what that means for a request, {@link
 * io.onceledger.mockprocessor.idempotency.KeySyntax} how a key is written in a header.
 */
package io.onceledger.mockprocessor.idempotency;
