/**
 * What is asked of the processor and what came of it. Payments and refunds are one mechanism: an
 * {@link io.onceledger.mockprocessor.effect.Instruction} under a key becomes at most one {@link
 * io.onceledger.mockprocessor.effect.Result}; only their {@link
 * io.onceledger.mockprocessor.effect.Resource} differs.
 */
package io.onceledger.mockprocessor.effect;
