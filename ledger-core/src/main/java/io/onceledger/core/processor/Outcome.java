package io.onceledger.core.processor;

import java.util.Locale;

/** What one attempt proves. */
public enum Outcome {
  /** Not a byte of it left us, or the processor said that it did not look at it. */
  NOT_SENT,
  APPROVED,
  DECLINED,
  /** Nothing: it may have taken effect, and may not. Never to be read as a decline. */
  AMBIGUOUS,
  /** A look-up found nothing. Proves nothing about a request that is still under way. */
  ABSENT,
  /** The key can never take effect any more. */
  CANCELED;

  /** As it is written in SQL and JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Outcome parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
