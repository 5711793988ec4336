package io.onceledger.core.processor;

import java.util.Locale;

/** What an attempt asks of the processor. */
public enum Call {
  /** Take the money. */
  SEND,
  /** Has this key taken effect? */
  LOOK_UP,
  /** Make sure that this key never takes effect. */
  CANCEL;

  /** As it is written in SQL and JSON. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Call parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
