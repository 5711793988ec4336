/**
 * Writing down what became of charges, whoever found it out: {@link
 * io.onceledger.core.outcome.Moves}.
 */
package io.onceledger.core.outcome;
