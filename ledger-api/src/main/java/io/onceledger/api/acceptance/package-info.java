/**
 * What POSTs under an idempotency key have in common: {@link io.onceledger.api.acceptance.Answers}
 * answers them, {@link io.onceledger.api.acceptance.SettlementWatch} serves {@code Prefer: wait}.
 */
package io.onceledger.api.acceptance;
