/**
 * What the payer has taken back, and what became of that. {@link
 * io.onceledger.core.dispute.Dispute} knows which step is due, in whatever order its parts are
 * told; {@link io.onceledger.core.dispute.Disputes} takes it and books it; its rows are {@link
 * io.onceledger.core.dispute.DisputeRows}'.
 */
package io.onceledger.core.dispute;
