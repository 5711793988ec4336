/**
 * What the processor says that it has settled. {@link
 * io.onceledger.core.settlement.SettlementReport} reads its file line by line, {@link
 * io.onceledger.core.settlement.SettlementImporter} stores and books each line once, {@link
 * io.onceledger.core.settlement.SettlementPostings} says what a line is worth.
 */
package io.onceledger.core.settlement;
