package io.onceledger.core.outcome;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.charge.Move;
import io.onceledger.core.charge.Status;
import io.onceledger.core.event.Events;
import io.onceledger.core.ledger.LedgerEntries;
import io.onceledger.core.ledger.Postings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Moves charges and writes what follows from it. Two steps of one transaction, whose locks are
 * taken in one order by everybody: first the charges ({@link ChargeRows#lock}), then their
 * messages, then the balances, which many charges share and so are locked last and shortest.
 */
public final class Moves {

  private Moves() {}

  /**
   * Moves locked charges and appends their events. Two statements.
   *
   * @return what has moved: entries may be posted for these only
   */
  public static List<Move> make(Connection connection, List<Move> moves) throws SQLException {
    Set<UUID> ids = ChargeRows.move(connection, moves);
    List<Move> moved =
        moves.stream().filter(move -> ids.contains(move.charge().key().charge())).toList();
    Events.append(connection, moved);
    return moved;
  }

  /** Posts what {@code moved} is worth; the messages are dealt with. One statement. */
  public static void book(Connection connection, List<Move> moved) throws SQLException {
    LedgerEntries.post(
        connection,
        moved.stream()
            .filter(move -> move.last() == Status.SUCCEEDED)
            .flatMap(move -> Postings.chargeSucceeded(move.charge()).stream())
            .toList());
  }
}
