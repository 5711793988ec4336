/**
 * Merchants and their API keys, for operators: {@link io.onceledger.api.merchant.MerchantResource}.
 */
package io.onceledger.api.merchant;
