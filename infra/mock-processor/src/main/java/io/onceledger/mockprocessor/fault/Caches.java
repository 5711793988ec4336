package io.onceledger.mockprocessor.fault;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which answers a key pins. */
public enum Caches {
  /** Only results: after an answered failure a resend acts anew, even if the failure had acted. */
  @JsonProperty("successes")
  SUCCESSES,
  /** The first answer, 500 included: a resend never acts twice. */
  @JsonProperty("all")
  ALL
}
