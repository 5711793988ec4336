/**
 * Refunds over HTTP. {@link io.onceledger.api.refund.ChargeRefundResource} is the way in; a
 * delivery is read by {@link io.onceledger.api.refund.RefundBody}, decided by the core's group
 * commit, and answered with {@link io.onceledger.api.refund.Receipts}.
 */
package io.onceledger.api.refund;
