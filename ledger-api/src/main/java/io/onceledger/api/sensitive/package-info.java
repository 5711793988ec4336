/**
 * Card data, which must never get into the ledger: {@link
 * io.onceledger.api.sensitive.SensitiveData} refuses it, {@link
 * io.onceledger.api.sensitive.CardNumber} knows what it looks like.
 */
package io.onceledger.api.sensitive;
