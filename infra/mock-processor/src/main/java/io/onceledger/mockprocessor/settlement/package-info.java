/**
 * What the processor reports at the end of a day. A {@link
 * io.onceledger.mockprocessor.settlement.SettlementReport} picks the day's effects and disputes out
 * of the journal, each less its {@link io.onceledger.mockprocessor.settlement.Fee}.
 */
package io.onceledger.mockprocessor.settlement;
