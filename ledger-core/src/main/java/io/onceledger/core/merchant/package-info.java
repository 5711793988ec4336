/**
 * Who calls. An API key is shown once and stored as its hash; {@link
 * io.onceledger.core.merchant.ApiKeys} finds the {@link io.onceledger.core.merchant.Caller} behind
 * one: a merchant with its fee terms, or the operator. {@link
 * io.onceledger.core.merchant.Merchants} makes merchants and their keys.
 */
package io.onceledger.core.merchant;
