package io.onceledger.core.processor;

import java.time.Instant;

/**
 * One try at the processor, with what came back.
 *
 * @param n counts the claims of a message, from 1; the gaps are claims that were lost before they
 *     could do harm
 * @param claimedAt the database's clock at the claim
 * @param endedBy the database's clock, at the latest, when nothing that the attempt began could
 *     still leave the worker
 * @param httpStatus null when there was no answer
 * @param latencyMillis from the first byte to the answer; null when nothing was sent
 */
public record Attempt(
    int n,
    Call call,
    Outcome outcome,
    Instant claimedAt,
    Instant endedBy,
    Integer httpStatus,
    Integer latencyMillis) {

  /** Whether it may have taken effect without our knowing. */
  public boolean mayHaveActed() {
    return call == Call.SEND && outcome == Outcome.AMBIGUOUS;
  }
}
