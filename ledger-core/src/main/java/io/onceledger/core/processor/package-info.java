/**
 * What the card processor's answers prove, and what to do next. {@link
 * io.onceledger.core.processor.Attempt} is one try, {@link io.onceledger.core.processor.Resolution}
 * the pure decision over all of them, {@link io.onceledger.core.processor.ProcessorProfile} what
 * the processor promises, {@link io.onceledger.core.processor.OutcomeRecorder} the transaction that
 * writes an outcome down, {@link io.onceledger.core.processor.Redrives} the way back for what was
 * parked.
 */
package io.onceledger.core.processor;
