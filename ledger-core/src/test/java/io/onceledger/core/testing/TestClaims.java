package io.onceledger.core.testing;

import io.onceledger.core.outbox.ClaimTerms;
import java.time.Duration;
import java.time.Instant;

/** Claims to test with. */
public final class TestClaims {

  /** As a worker with the usual times, which may send again for an hour. */
  public static final ClaimTerms TERMS =
      new ClaimTerms(
          Duration.ofSeconds(3),
          Duration.ofSeconds(13),
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          Instant.EPOCH);

  private TestClaims() {}
}
