package io.onceledger.simulation;

import io.onceledger.core.outbox.Step;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code outbox_message}. {@code dueAt} is {@link Instant#MAX} for infinity. */
final class Message {

  final UUID merchant;
  final UUID resource;
  final long order;
  final Instant acceptedAt;
  Step step = Step.SEND;
  Instant dueAt;
  Instant claimedAt;
  Instant attemptEndsAt;
  Instant firstSentAt;
  long fence;
  int attempts;

  Message(UUID merchant, UUID resource, long order, Instant acceptedAt) {
    this.merchant = merchant;
    this.resource = resource;
    this.order = order;
    this.acceptedAt = acceptedAt;
    this.dueAt = acceptedAt;
  }

  Instant dueAt() {
    return dueAt;
  }

  long order() {
    return order;
  }
}
