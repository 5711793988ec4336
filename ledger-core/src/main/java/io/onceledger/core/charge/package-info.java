/**
 * A charge from acceptance to its final status. {@link io.onceledger.core.charge.ChargeAcceptance}
 * decides what a delivery is and writes key, charge and outbox message in one statement; {@link
 * io.onceledger.core.charge.Status} is the table of status changes; {@link
 * io.onceledger.core.charge.ChargeRows} moves charges along it; {@link
 * io.onceledger.core.charge.Charges} reads them for their merchant.
 */
package io.onceledger.core.charge;
