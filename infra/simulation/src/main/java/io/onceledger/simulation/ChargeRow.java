package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outcome.Locked;
import io.onceledger.core.outcome.Move;
import io.onceledger.core.processor.Attempt;
import java.util.ArrayList;
import java.util.List;

/** A row of {@code charge}, with its attempts and its events. */
final class ChargeRow {

  final ChargeDelivery accepted;
  final Resource key;
  final List<Attempt> attempts = new ArrayList<>();

  /** The status that each event tells, in order. */
  final List<Status> events = new ArrayList<>();

  Status status = Status.PENDING;
  String declineCode;
  String processorPayment;

  ChargeRow(ChargeDelivery accepted) {
    this.accepted = accepted;
    this.key = Resource.charge(accepted.merchant().id(), accepted.proposedId());
  }

  Locked locked() {
    return new Locked(charge(), null);
  }

  private LockedCharge charge() {
    return new LockedCharge(
        key,
        status,
        accepted.request().amount(),
        accepted.request().currency(),
        accepted.feeTerms(),
        0,
        0,
        events.size(),
        processorPayment,
        false);
  }

  void move(Move move) {
    status = move.last();
    events.addAll(move.path());
    declineCode = move.declineCode() != null ? move.declineCode() : declineCode;
    processorPayment = move.processorId() != null ? move.processorId() : processorPayment;
  }
}
