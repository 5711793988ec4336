/**
 * Charges over HTTP. {@link io.onceledger.api.charge.ChargeResource} is the way in; a delivery is
 * read by {@link io.onceledger.api.charge.ChargeBody}, decided by the core's group commit, and
 * answered with {@link io.onceledger.api.charge.Receipts}.
 */
package io.onceledger.api.charge;
