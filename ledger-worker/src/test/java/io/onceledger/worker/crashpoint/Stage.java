package io.onceledger.worker.crashpoint;

import java.util.Locale;

/**
 * The part of a charge's way that a boundary belongs to. A further one needs a name here, a process
 * whose connections and calls are tapped under it, and its turn in {@link Run}.
 */
enum Stage {
  /** The request becomes key, charge and message. */
  ACCEPT,
  /** A worker takes the message. */
  CLAIM,
  /** The processor is called, whatever for. */
  SEND,
  /** The outcome is written down. */
  RECORD;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
