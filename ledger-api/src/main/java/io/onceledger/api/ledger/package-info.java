/**
 * The books over HTTP: {@link io.onceledger.api.ledger.AccountResource} answers balances, {@link
 * io.onceledger.api.ledger.EntryResource} the entries that they are made of.
 */
package io.onceledger.api.ledger;
