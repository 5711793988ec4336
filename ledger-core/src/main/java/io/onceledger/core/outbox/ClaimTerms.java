package io.onceledger.core.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * The times under which messages are claimed; all are measured by the database's clock.
 *
 * @param lease after which a claim that is not renewed may be taken over
 * @param attempt after which nothing that a claim began is under way any more: from the claim to
 *     the first byte, the call, and the skew
 * @param retryHorizon how long after the first send a resend may begin
 * @param clockSkew by how much the clock may go back without notice
 * @param restore what the database may have forgotten
 */
public record ClaimTerms(
    Duration lease, Duration attempt, Duration retryHorizon, Duration clockSkew, Restore restore) {

  /**
   * After a restore a send may not be the first, though the database knows of none before.
   *
   * @param dataUntil what happened later is not in the database
   * @param lookUpUntil until then nothing is sent before a look-up has found nothing
   */
  public record Restore(Instant dataUntil, Instant lookUpUntil) {
    /** Nothing was restored. */
    public static final Restore NONE = new Restore(Instant.EPOCH, Instant.EPOCH);
  }
}
