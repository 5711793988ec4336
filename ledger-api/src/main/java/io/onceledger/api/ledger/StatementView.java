package io.onceledger.api.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.api.page.ListBody;
import io.onceledger.core.statement.AccountKey;
import io.onceledger.core.statement.AccountSums;
import io.onceledger.core.statement.Statements.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A period of an account as it is answered; all numbers in minor units of its currency. */
@Schema(name = "Statement")
@JsonPropertyOrder({
  "object",
  "account",
  "currency",
  "from",
  "to",
  "opening",
  "closing",
  "debits",
  "credits",
  "entries",
  "next_cursor",
  "stable_until"
})
record StatementView(
    @Schema(enumeration = "statement") String object,
    @Schema(examples = "merchant_payable") String account,
    @Schema(description = "ISO 4217", examples = "USD") String currency,
    @Schema(nullable = true, description = "Null: from the first entry") Instant from,
    @Schema(nullable = true, description = "Null: up to the last entry") Instant to,
    @Schema(description = "The balance before the period, on the account's normal side")
        long opening,
    @Schema(description = "The balance at its end: opening and all entries") long closing,
    @Schema(description = "Of the whole period") long debits,
    @Schema(description = "Of the whole period") long credits,
    @Schema(description = "A page of them, oldest first") List<EntryView> entries,
    @Schema(nullable = true, description = "Send it as cursor for the next page") String nextCursor,
    @Schema(description = "A period that ends here or before can no longer change")
        Instant stableUntil) {

  static StatementView of(
      AccountKey key,
      Optional<Instant> from,
      Optional<Instant> to,
      Statement statement,
      ListBody<EntryView> page) {
    AccountSums opening = statement.opening();
    AccountSums closing = statement.closing();
    return new StatementView(
        "statement",
        key.account().text(),
        key.currency(),
        from.orElse(null),
        to.orElse(null),
        key.account().balance(opening.debits(), opening.credits()),
        key.account().balance(closing.debits(), closing.credits()),
        closing.debits() - opening.debits(),
        closing.credits() - opening.credits(),
        page.data(),
        page.nextCursor(),
        statement.stableUntil());
  }
}
