/**
 * The books. {@link io.onceledger.core.ledger.Postings} says what an event is worth, {@link
 * io.onceledger.core.ledger.LedgerEntries} posts it once and keeps the balances, {@link
 * io.onceledger.core.ledger.Entries} and {@link io.onceledger.core.ledger.Balances} read them for
 * their merchant.
 */
package io.onceledger.core.ledger;
