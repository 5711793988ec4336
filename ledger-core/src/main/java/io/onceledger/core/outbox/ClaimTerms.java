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
 * @param lookUpFirstUntil until then a first send is preceded by a look-up: after a restore, it may
 *     not be the first; {@link Instant#EPOCH} when nothing was restored
 */
public record ClaimTerms(
    Duration lease,
    Duration attempt,
    Duration retryHorizon,
    Duration clockSkew,
    Instant lookUpFirstUntil) {}
