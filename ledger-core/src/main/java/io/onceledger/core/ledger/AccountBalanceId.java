package io.onceledger.core.ledger;

import java.io.Serializable;
import java.util.UUID;

/** The key of a balance. */
public record AccountBalanceId(UUID merchantId, String account, String currency)
    implements Serializable {}
