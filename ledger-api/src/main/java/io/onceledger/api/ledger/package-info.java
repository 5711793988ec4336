/**
 * The books over HTTP: {@link io.onceledger.api.ledger.AccountResource} answers balances, {@link
 * io.onceledger.api.ledger.EntryResource} the entries that they are made of, {@link
 * io.onceledger.api.ledger.StatementResource} one account at an instant and over a period.
 */
package io.onceledger.api.ledger;
