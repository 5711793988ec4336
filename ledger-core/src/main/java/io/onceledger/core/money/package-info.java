/**
 * Amounts are integers in the minor unit of their currency, 1 to {@value
 * io.onceledger.core.money.Money#LARGEST_AMOUNT}. {@link io.onceledger.core.money.Money} holds the
 * limits, {@link io.onceledger.core.money.FeeTerms} our price.
 */
package io.onceledger.core.money;
