package io.onceledger.mockprocessor.idempotency;

import java.util.Locale;

/** The answer that a key is bound to. */
public enum Pin {
  /** None: a request acts. */
  NOTHING,
  /** The result; repeats get it again. */
  RESULT,
  /** A 500; repeats get it again, whether or not there was an effect. */
  FAILURE,
  /** None, for good: the key was cancelled before it took effect. */
  TOMBSTONE;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
