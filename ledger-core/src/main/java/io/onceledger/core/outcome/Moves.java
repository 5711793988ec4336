package io.onceledger.core.outcome;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.dispute.Disputes;
import io.onceledger.core.event.Events;
import io.onceledger.core.id.Resource;
import io.onceledger.core.ledger.LedgerEntries;
import io.onceledger.core.ledger.Posting;
import io.onceledger.core.ledger.Postings;
import io.onceledger.core.refund.LockedRefund;
import io.onceledger.core.refund.RefundRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Moves charges and refunds, and writes what follows from it. Three steps of one transaction, whose
 * locks are taken in one order by everybody: first the charges ({@link #lock}), then their
 * messages, then the balances, which many charges share and so are locked last and shortest.
 */
public final class Moves {

  private Moves() {}

  /** Locks charges, and the refunds with them. One statement, one more when there are refunds. */
  public static Map<Resource, Locked> lock(Connection connection, List<Resource> resources)
      throws SQLException {
    Map<Resource, LockedCharge> charges =
        ChargeRows.lock(connection, resources.stream().map(Resource::ofCharge).distinct().toList());
    Map<Resource, LockedRefund> refunds =
        RefundRows.read(connection, resources.stream().filter(Resource::isRefund).toList());
    Map<Resource, Locked> locked = new HashMap<>();
    charges.forEach((key, charge) -> locked.put(key, new Locked(charge, null)));
    refunds.forEach(
        (key, refund) -> locked.put(key, new Locked(charges.get(key.ofCharge()), refund)));
    return locked;
  }

  /**
   * Moves what is locked, at most once each, and appends the events. Two statements, one more when
   * there are refunds.
   */
  public static void make(Connection connection, List<Move> moves) throws SQLException {
    Map<Resource, ChargeRows.Change> charges = new HashMap<>();
    List<RefundRows.Change> refunds = new ArrayList<>();
    List<Events.New> events = new ArrayList<>();
    for (Move move : moves) {
      LockedCharge charge = move.of().charge();
      ChargeRows.Change before = charges.getOrDefault(charge.key(), ChargeRows.Change.none(charge));
      ChargeRows.Change after = before.plus(change(move));
      charges.put(charge.key(), after);
      if (move.of().refund() != null) {
        refunds.add(
            new RefundRows.Change(
                move.of().resource(), move.last(), move.declineCode(), move.processorId()));
      }
      for (int step = 0; step < move.path().size(); step++) {
        events.add(event(move, step, charge.eventCount() + before.events() + step + 1));
      }
    }
    ChargeRows.change(connection, List.copyOf(charges.values()));
    RefundRows.change(connection, refunds);
    Events.append(connection, events);
  }

  /**
   * Posts what {@code moves}, which have been made, are worth, and what disputes that came before
   * them are. One statement, five more when there are such disputes.
   *
   * @return charges of which the processor told a dispute that cannot be, as they have ended
   *     otherwise: a person should look at them
   */
  public static List<Resource> book(Connection connection, List<Move> moves) throws SQLException {
    LedgerEntries.post(
        connection,
        moves.stream()
            .filter(move -> move.last() == Status.SUCCEEDED)
            .flatMap(Moves::postings)
            .toList());
    return Disputes.release(
        connection,
        moves.stream()
            .filter(move -> move.of().refund() == null && move.last().isFinal())
            .map(move -> move.of().charge())
            .filter(LockedCharge::disputedEarly)
            .map(LockedCharge::key)
            .toList());
  }

  private static Stream<Posting> postings(Move move) {
    return move.of().refund() == null
        ? Postings.chargeSucceeded(move.of().charge()).stream()
        : Stream.of(Postings.refundSucceeded(move.of().refund(), move.of().charge().currency()));
  }

  private static ChargeRows.Change change(Move move) {
    LockedCharge charge = move.of().charge();
    int events = move.path().size();
    if (move.of().refund() == null) {
      return new ChargeRows.Change(
          charge, move.last(), events, move.declineCode(), move.processorId(), 0, 0);
    }
    long amount = move.of().refund().amount();
    boolean givenBack = move.last() == Status.SUCCEEDED;
    boolean dropped = move.last().isFinal() && !givenBack;
    return new ChargeRows.Change(
        charge, charge.status(), events, null, null, givenBack ? amount : 0, dropped ? -amount : 0);
  }

  private static Events.New event(Move move, int step, int sequence) {
    Resource resource = move.of().resource();
    Status status = move.path().get(step);
    return new Events.New(
        resource,
        sequence,
        (resource.isRefund() ? "refund." : "charge.") + status.text(),
        status,
        move.of().charge().amountRefunded(),
        move.declineCode(),
        move.processorId());
  }
}
