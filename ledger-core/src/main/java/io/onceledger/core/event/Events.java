package io.onceledger.core.event;

import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Move;
import io.onceledger.core.charge.Status;
import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.id.PublicId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Appends events. Their sequence continues the charge's own count, whose row the caller has locked,
 * so that two writers never take the same number. One statement in the caller's transaction.
 */
public final class Events {

  /** The rendering of {@code data} that new events are made with. */
  private static final int DATA_VERSION = 1;

  private static final String APPEND =
      """
      INSERT INTO event
        (merchant_id, charge_id, id, created_at, amount_refunded, sequence, data_version, type,
         status, decline_code, processor_payment)
      SELECT merchant_id, charge_id, id, now(), amount_refunded, sequence, %s, 'charge.' || status,
             status, decline_code, processor_payment
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::integer[], ?::text[], ?::text[],
                  ?::text[])
        AS e (merchant_id, charge_id, id, amount_refunded, sequence, status, decline_code,
              processor_payment)
      """
          .formatted(DATA_VERSION);

  private record Event(Move move, int step) {
    LockedCharge charge() {
      return move.charge();
    }

    int sequence() {
      return charge().eventCount() + step + 1;
    }

    Status status() {
      return move.path().get(step);
    }
  }

  private Events() {}

  /** One event for each step of each of {@code moves}, which have just been made. */
  public static void append(Connection connection, List<Move> moves) throws SQLException {
    if (moves.isEmpty()) {
      return;
    }
    List<Event> events = moves.stream().flatMap(Events::steps).toList();
    try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
      new ColumnArrays<>(statement, events)
          .uuids(event -> event.charge().key().merchant())
          .uuids(event -> event.charge().key().charge())
          .uuids(event -> PublicId.next())
          .longs(event -> event.charge().amountRefunded())
          .ints(Event::sequence)
          .texts(event -> event.status().text())
          .texts(event -> event.move().declineCode())
          .texts(event -> event.move().processorPayment());
      statement.executeUpdate();
    }
  }

  private static Stream<Event> steps(Move move) {
    return IntStream.range(0, move.path().size()).mapToObj(step -> new Event(move, step));
  }
}
