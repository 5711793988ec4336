package io.onceledger.core.processor;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.OutboxMessages.PutBack;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.outcome.Locked;
import io.onceledger.core.outcome.Move;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An attempt that is over, and what follows from it and all before it. */
public record Result(Claim claim, Attempt attempt, NextStep next) {

  /** The way of what it is about; empty when that stays where it is. */
  public Optional<Move> move(Locked locked) {
    if (next instanceof Conclude end) {
      return Optional.of(
          new Move(locked, List.of(end.status()), end.declineCode(), end.processorId()));
    }
    boolean parked = next instanceof Park;
    boolean doubtful = parked || attempt.mayHaveActed();
    if (locked.status() == Status.PENDING && doubtful) {
      List<Status> path =
          parked ? List.of(Status.UNKNOWN, Status.NEEDS_REVIEW) : List.of(Status.UNKNOWN);
      return Optional.of(new Move(locked, path, null, null));
    }
    return locked.status() == Status.UNKNOWN && parked
        ? Optional.of(new Move(locked, List.of(Status.NEEDS_REVIEW), null, null))
        : Optional.empty();
  }

  /** How its message goes back; empty when its work is done. */
  public Optional<PutBack> putBack() {
    if (next instanceof Proceed proceed) {
      // Still at its first send after an attempt: that one provably did not leave us.
      boolean neverSent = proceed.step() == Step.SEND;
      return Optional.of(PutBack.of(claim, proceed.step(), proceed.notBefore(), neverSent));
    }
    return next instanceof Park
        ? Optional.of(PutBack.of(claim, Step.PARKED, Instant.MAX, false))
        : Optional.empty();
  }
}
