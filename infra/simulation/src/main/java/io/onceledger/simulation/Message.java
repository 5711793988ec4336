package io.onceledger.simulation;

import io.onceledger.core.outbox.Step;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code outbox_message}. {@code dueAt} is {@link Instant#MAX} for infinity. */
final class Message {

  final UUID merchant;
  final UUID resource;
  final long order;
  Step step = Step.SEND;
  Instant dueAt;
  Instant claimedAt;
  Instant attemptEndsAt;
  Instant firstSentAt;
  long fence;
  int attempts;

  Message(UUID merchant, UUID resource, long order, Instant dueAt) {
    this.merchant = merchant;
    this.resource = resource;
    this.order = order;
    this.dueAt = dueAt;
  }

  Instant dueAt() {
    return dueAt;
  }

  long order() {
    return order;
  }
}
