package io.onceledger.worker.processor;

/** Writes the client's key as the header that the processor gets: the same key, byte for byte. */
final class KeyHeader {

  private KeyHeader() {}

  /**
   * Bare if it is a bare token (visible ASCII without {@code " \ , ;}), else an RFC 9651 string.
   */
  static String write(String key) {
    boolean bare = key.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"\\,;".indexOf(c) < 0);
    return bare ? key : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
