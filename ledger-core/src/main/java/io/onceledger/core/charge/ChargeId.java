package io.onceledger.core.charge;

import java.io.Serializable;
import java.util.UUID;

/** The key of a charge. */
public record ChargeId(UUID merchantId, UUID id) implements Serializable {}
