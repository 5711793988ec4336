package io.onceledger.core.idempotency;

/** Tells which keys need no quotes: those that come without and those that go on without. */
public final class BareToken {

  private BareToken() {}

  /** Whether {@code key} is visible ASCII and has none of {@code " \\ , ;}. */
  public static boolean is(String key) {
    return key.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"\\,;".indexOf(c) < 0);
  }
}
