/**
 * Refunds: what is given back of a charge, under a key of its own. {@link
 * io.onceledger.core.refund.RefundAcceptance} is the way in and decides what is left; from there a
 * refund lives as a charge does, through the same outbox and along the same statuses. {@link
 * io.onceledger.core.refund.Refunds} reads them.
 */
package io.onceledger.core.refund;
