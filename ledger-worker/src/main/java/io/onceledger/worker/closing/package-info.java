/**
 * Closes and audits the books, beside the work: {@link io.onceledger.worker.closing.Bookkeeper}.
 */
package io.onceledger.worker.closing;
