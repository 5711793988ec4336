package io.onceledger.mockprocessor.notification;

/**
 * How often a notification is tried, and how long to wait in between. Without jitter: there is one
 * sender, which sends few at a time.
 *
 * @param tries after which it is given up, at least 1
 * @param firstPauseMs doubled with every try
 */
public record Retries(int tries, int firstPauseMs, int longestPauseMs) {

  /**
   * A quarter of an hour in all: longer than a ledger takes to be deployed anew, and short enough
   * that a notification nobody will ever take does not hold up the others for long.
   */
  public static final Retries DEFAULT = new Retries(50, 500, 20_000);

  boolean exhausted(int tried) {
    return tried >= tries;
  }

  /** The pause after the n-th try has failed, counted from 1. */
  int pauseMs(int tried) {
    int doublings = Math.min(tried - 1, Integer.SIZE - 2);
    return (int) Math.min((long) firstPauseMs << doublings, longestPauseMs);
  }
}
