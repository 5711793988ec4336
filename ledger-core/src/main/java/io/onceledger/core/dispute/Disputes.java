package io.onceledger.core.dispute;

import static java.util.stream.Collectors.groupingBy;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.dispute.Dispute.State;
import io.onceledger.core.event.Events;
import io.onceledger.core.id.Resource;
import io.onceledger.core.ledger.LedgerEntries;
import io.onceledger.core.ledger.Posting;
import io.onceledger.core.ledger.Postings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has the books follow what is known of disputes, as far as their charges have succeeded: state,
 * events and entries, in the transaction of a caller who holds the charges. Locks balances last. A
 * step that was taken is not due any more, and an entry has one place: twice is once.
 */
public final class Disputes {

  /** Why a person is asked about what {@link #release} returns. */
  public static final String CANNOT_BE =
      "the processor told of a dispute that cannot be, as this has ended otherwise";

  private Disputes() {}

  /** Takes the steps that are due of the disputes of {@code charge}. At most four statements. */
  public static void advance(Connection connection, LockedCharge charge, List<Dispute> disputes)
      throws SQLException {
    List<Dispute> moved = new ArrayList<>();
    List<Events.New> events = new ArrayList<>();
    List<Posting> postings = new ArrayList<>();
    for (Dispute dispute : disputes) {
      List<State> steps = dispute.due(charge);
      for (State step : steps) {
        events.add(event(charge, step, charge.eventCount() + events.size() + 1));
        posting(dispute, step, postings);
      }
      if (!steps.isEmpty()) {
        moved.add(dispute.in(steps.get(steps.size() - 1)));
      }
    }
    if (moved.isEmpty()) {
      return;
    }
    ChargeRows.change(
        connection,
        List.of(new ChargeRows.Change(charge, charge.status(), events.size(), null, null, 0, 0)));
    DisputeRows.change(connection, moved);
    Events.append(connection, events);
    LedgerEntries.post(connection, postings);
  }

  /**
   * Takes the steps that were waiting for {@code charges} to end, which they have just done.
   *
   * @return those of which an opened dispute cannot count, as they have ended otherwise
   */
  public static List<Resource> release(Connection connection, List<Resource> charges)
      throws SQLException {
    if (charges.isEmpty()) {
      return List.of();
    }
    Map<Resource, LockedCharge> locked = ChargeRows.lock(connection, charges);
    Map<Resource, List<Dispute>> disputes =
        DisputeRows.of(connection, charges).stream().collect(groupingBy(Dispute::charge));
    List<Resource> contradicted = new ArrayList<>();
    for (Resource charge : charges) {
      List<Dispute> known = disputes.getOrDefault(charge, List.of());
      advance(connection, locked.get(charge), known);
      if (known.stream().anyMatch(dispute -> contradicts(dispute, locked.get(charge)))) {
        contradicted.add(charge);
      }
    }
    return contradicted;
  }

  private static boolean contradicts(Dispute dispute, LockedCharge charge) {
    return charge.status() != Status.SUCCEEDED
        || !dispute.payment().equals(charge.processorPayment());
  }

  private static void posting(Dispute dispute, State step, List<Posting> postings) {
    switch (step) {
      case OPENED ->
          postings.add(
              Postings.disputeOpened(
                  dispute.charge(), dispute.id(), dispute.amount(), dispute.currency()));
      case WON ->
          postings.add(
              Postings.disputeWon(
                  dispute.charge(), dispute.id(), dispute.amount(), dispute.currency()));
      case WAITING, LOST -> {
        // Closes what was taken already.
      }
    }
  }

  private static Events.New event(LockedCharge charge, State step, int sequence) {
    return new Events.New(
        charge.key(),
        sequence,
        "dispute." + step.text(),
        charge.status(),
        charge.amountRefunded(),
        null,
        charge.processorPayment());
  }
}
