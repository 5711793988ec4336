/**
 * The processor's reports held against what is booked here. The API asks for a run ({@link
 * io.onceledger.core.reconciliation.Reconciliations}) and reads what differs ({@link
 * io.onceledger.core.reconciliation.Differences}); a worker takes the run ({@link
 * io.onceledger.core.reconciliation.RunQueue}) and makes it ({@link
 * io.onceledger.core.reconciliation.Reconciler}): import, heal, compare, ask.
 */
package io.onceledger.core.reconciliation;
