package io.onceledger.api.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.statement.AccountKey;
import io.onceledger.core.statement.Statements.Standing;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an account stood at, as it is answered; all numbers in minor units of its currency. */
@Schema(name = "AccountStanding")
@JsonPropertyOrder({
  "account",
  "currency",
  "type",
  "debits",
  "credits",
  "balance",
  "at",
  "stable_until"
})
record StandingView(
    @Schema(examples = "merchant_payable") String account,
    @Schema(description = "ISO 4217", examples = "USD") String currency,
    @Schema(enumeration = {"asset", "liability", "income", "expense"}) String type,
    @Schema(description = "In minor units") long debits,
    @Schema(description = "In minor units") long credits,
    @Schema(description = "In minor units, on the account's normal side") long balance,
    @Schema(nullable = true, description = "As it was asked for; null for now") Instant at,
    @Schema(description = "Of any instant before this one the answer can no longer change")
        Instant stableUntil) {

  static StandingView of(AccountKey key, Standing standing, Instant at) {
    return new StandingView(
        key.account().text(),
        key.currency(),
        key.account().type().text(),
        standing.sums().debits(),
        standing.sums().credits(),
        key.account().balance(standing.sums().debits(), standing.sums().credits()),
        at,
        standing.stableUntil());
  }
}
