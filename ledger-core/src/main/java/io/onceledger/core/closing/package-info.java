/**
 * Closed books. {@link io.onceledger.core.closing.Closer} finds the instant before which no entry
 * will ever be added and seals what lies before it in a chain of blocks, {@link
 * io.onceledger.core.closing.Auditor} holds the entries against the blocks, round after round,
 * {@link io.onceledger.core.closing.ClosingStatus} says how far both have come.
 */
package io.onceledger.core.closing;
