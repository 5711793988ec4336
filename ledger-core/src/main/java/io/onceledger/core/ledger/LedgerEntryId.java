package io.onceledger.core.ledger;

import java.io.Serializable;
import java.util.UUID;

/** The natural key of an entry. */
public record LedgerEntryId(UUID merchantId, UUID sourceId, String kind) implements Serializable {}
