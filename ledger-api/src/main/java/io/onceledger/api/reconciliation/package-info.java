/**
 * The processor's reports held against the books, for operators: {@link
 * io.onceledger.api.reconciliation.ReconciliationResource} asks for runs and shows them, {@link
 * io.onceledger.api.reconciliation.DifferenceResource} what they found, {@link
 * io.onceledger.api.reconciliation.DifferenceGauges} what is still open.
 */
package io.onceledger.api.reconciliation;
