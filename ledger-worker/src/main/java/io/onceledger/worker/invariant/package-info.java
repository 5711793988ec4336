/**
 * Checks the rules of the books, beside the work: {@link io.onceledger.worker.invariant.Examiner}.
 */
package io.onceledger.worker.invariant;
