/**
 * Where a request meets its key, its faults and the journal. {@link
 * io.onceledger.mockprocessor.processing.CardProcessor} is the way in: it has {@link
 * io.onceledger.mockprocessor.processing.Decision} decide, writes the decision down, applies it to
 * {@link io.onceledger.mockprocessor.processing.Books}, and hands out the {@link
 * io.onceledger.mockprocessor.processing.Reply}.
 */
package io.onceledger.mockprocessor.processing;
