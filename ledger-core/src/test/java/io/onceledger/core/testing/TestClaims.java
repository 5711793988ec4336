package io.onceledger.core.testing;

import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.ClaimTerms.Restore;
import java.time.Duration;

/** Claims to test with. */
public final class TestClaims {

  /**
   * As a worker with the usual times, which may send again for an hour. But no lease ends before
   * its test ends it, however busy the machine is.
   */
  public static final ClaimTerms TERMS =
      new ClaimTerms(
          Duration.ofMinutes(5),
          Duration.ofSeconds(13),
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          Restore.NONE);

  private TestClaims() {}
}
