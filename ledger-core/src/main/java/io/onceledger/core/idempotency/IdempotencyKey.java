package io.onceledger.core.idempotency;

import java.util.UUID;

/** A merchant's name for one intent, unescaped. Another merchant's equal key is another key. */
public record IdempotencyKey(UUID merchant, String text) {}
