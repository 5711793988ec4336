/**
 * Makes the runs that were asked for, and the daily ones: {@link
 * io.onceledger.worker.reconciliation.RunMaker}.
 */
package io.onceledger.worker.reconciliation;
