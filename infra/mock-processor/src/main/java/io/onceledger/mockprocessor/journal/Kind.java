package io.onceledger.mockprocessor.journal;

import java.util.Locale;

/** What one line of the journal says. */
public enum Kind {
  /** Money moved. */
  EFFECT(true, "approved"),
  /** The card was declined: a result, but no effect. */
  DECLINE(true, "declined"),
  /** Answered from what the key had already come to. */
  ABSORBED(true, "failed"),
  /** Answered with a 4xx; nothing remembered. */
  REFUSED(true, "refused"),
  /** A 500 before any effect. */
  FAILED(true, "failed"),
  /** The connection closed without answer and effect. */
  DROPPED(true, "dropped"),
  /** Not answered; a late line of another kind tells what it came to. */
  HELD(true, "held"),
  /** A tombstone laid, or found. */
  CANCEL(false, "canceled"),
  /** Too late to cancel: the key has a result. */
  CANCEL_REFUSED(false, "refused"),
  LOOKUP(false, "absent"),
  /** A payment is disputed: its amount is taken back. */
  DISPUTE_OPENED(false, "open"),
  /** The disputed amount is given again. */
  DISPUTE_WON(false, "won"),
  DISPUTE_LOST(false, "lost");

  private final boolean request;
  private final String statusWithoutResult;

  Kind(boolean request, String statusWithoutResult) {
    this.request = request;
    this.statusWithoutResult = statusWithoutResult;
  }

  /** Whether it stands for one POST of a payment or refund. */
  boolean request() {
    return request;
  }

  /** The status to show where an entry of this kind has no result. */
  String statusWithoutResult() {
    return statusWithoutResult;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
