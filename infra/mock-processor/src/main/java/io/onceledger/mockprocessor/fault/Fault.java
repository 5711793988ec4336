package io.onceledger.mockprocessor.fault;

/**
 * What goes wrong with one request. In the order in which a draw tries them: the first hit wins.
 */
public enum Fault {
  /** 429 without an effect. */
  RATE_LIMIT,
  /** The connection closes at once, without an effect. */
  DROP,
  /** No answer; acts after the caller has given up, then the connection closes. */
  HANG,
  /** 500 without an effect. */
  ERROR_BEFORE_EFFECT,
  /** An effect, then 500. */
  ERROR_AFTER_EFFECT,
  /** An effect, then the connection closes without an answer. */
  LOST_ACK,
  /** An effect, then a 200 that cannot be read. */
  GARBAGE,
  /** No answer and no effect; the connection closes after the caller has given up. */
  SILENCE,
  NONE
}
