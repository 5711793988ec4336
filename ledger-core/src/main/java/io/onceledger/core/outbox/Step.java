package io.onceledger.core.outbox;

import java.util.Locale;

/** What the next claim of a message does. */
public enum Step {
  /** The first send, or again one that provably never left us. */
  SEND,
  LOOK_UP,
  /** Send again although an earlier send may have taken effect; inside the window only. */
  RESEND,
  CANCEL,
  /** Nothing, until a person says so. */
  PARKED;

  /** As it is written in SQL. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The step that {@code text} names. */
  public static Step parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Whether this step can take money. */
  public boolean sends() {
    return this == SEND || this == RESEND;
  }
}
