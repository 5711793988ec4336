package io.onceledger.worker.processor;

import io.onceledger.core.idempotency.BareToken;

/** Writes the client's key as the header that the processor gets: the same key, byte for byte. */
final class KeyHeader {

  private KeyHeader() {}

  /**
   * Bare if it is a bare token (visible ASCII without {@code " \ , ;}), else an RFC 9651 string.
   */
  static String write(String key) {
    return BareToken.is(key) ? key : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
