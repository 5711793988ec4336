/**
 * What is asked of the processor and what came of it. Payments and refunds are one mechanism: an
 * {@link io.onceledger.mockprocessor.effect.Instruction} under a key becomes at most one {@link
 * io.onceledger.mockprocessor.effect.Result}; only their {@link
 * io.onceledger.mockprocessor.effect.Resource} differs. A {@link
 * io.onceledger.mockprocessor.effect.Dispute} comes on top of a payment, and is won or lost.
 */
package io.onceledger.mockprocessor.effect;
