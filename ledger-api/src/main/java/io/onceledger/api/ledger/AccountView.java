package io.onceledger.api.ledger;

import io.onceledger.core.ledger.Account;
import io.onceledger.core.ledger.AccountBalance;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An account as it is answered; all numbers in minor units of its currency. */
@Schema(name = "Account")
record AccountView(
    @Schema(examples = "merchant_payable") String account,
    @Schema(description = "ISO 4217", examples = "USD") String currency,
    @Schema(enumeration = {"asset", "liability", "income", "expense"}) String type,
    @Schema(description = "In minor units") long debits,
    @Schema(description = "In minor units") long credits,
    @Schema(description = "In minor units, on the account's normal side") long balance) {

  static AccountView of(AccountBalance row) {
    Account account =
        Account.parse(row.account)
            .orElseThrow(() -> new IllegalStateException("unknown account " + row.account));
    return new AccountView(
        row.account,
        row.currency,
        account.type().text(),
        row.debits,
        row.credits,
        account.balance(row.debits, row.credits));
  }
}
