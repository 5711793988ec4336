package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Move;
import io.onceledger.core.charge.Status;
import io.onceledger.core.processor.Attempt;
import java.util.ArrayList;
import java.util.List;

/** A row of {@code charge}, with its attempts and its events. */
final class ChargeRow {

  final ChargeDelivery accepted;
  final ChargeRows.Key key;
  final List<Attempt> attempts = new ArrayList<>();

  /** The status that each event tells, in order. */
  final List<Status> events = new ArrayList<>();

  Status status = Status.PENDING;
  String declineCode;
  String processorPayment;

  ChargeRow(ChargeDelivery accepted) {
    this.accepted = accepted;
    this.key = new ChargeRows.Key(accepted.merchantId(), accepted.proposedId());
  }

  LockedCharge locked() {
    return new LockedCharge(
        key,
        status,
        accepted.request().amount(),
        accepted.request().currency(),
        accepted.feeTerms(),
        0,
        events.size());
  }

  void move(Move move) {
    status = move.last();
    events.addAll(move.path());
    declineCode = move.declineCode() != null ? move.declineCode() : declineCode;
    processorPayment = move.processorPayment() != null ? move.processorPayment() : processorPayment;
  }
}
