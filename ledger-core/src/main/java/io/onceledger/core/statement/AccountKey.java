package io.onceledger.core.statement;

import io.onceledger.core.ledger.Account;
import java.util.UUID;

/** An account of a merchant in one currency. */
public record AccountKey(UUID merchant, Account account, String currency) {}
