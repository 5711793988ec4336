package io.onceledger.core.event;

import io.onceledger.core.charge.Status;
import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

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
        (merchant_id, charge_id, refund_id, id, created_at, amount_refunded, sequence,
         data_version, type, status, decline_code, processor_payment)
      SELECT merchant_id, charge_id, refund_id, id, now(), amount_refunded, sequence,
             %s, type, status, decline_code, processor_payment
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::integer[], ?::text[],
                  ?::text[], ?::text[], ?::text[])
        AS e (merchant_id, charge_id, refund_id, id, amount_refunded, sequence, type, status,
              decline_code, processor_payment)
      """
          .formatted(DATA_VERSION);

  private Events() {}

  /**
   * What has just happened.
   *
   * @param resource what its data shows
   * @param sequence the charge's next number
   * @param status of the resource, as all that follows, right after it
   * @param declineCode null unless declined
   * @param processorId the processor's own id of it; null unless it named one
   */
  public record New(
      Resource resource,
      int sequence,
      String type,
      Status status,
      long amountRefunded,
      String declineCode,
      String processorId) {}

  /** Appends these, whose charges the caller has locked. */
  public static void append(Connection connection, List<New> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
      new ColumnArrays<>(statement, events)
          .uuids(event -> event.resource().merchant())
          .uuids(event -> event.resource().charge())
          .uuids(event -> event.resource().refund())
          .uuids(event -> PublicId.next())
          .longs(New::amountRefunded)
          .ints(New::sequence)
          .texts(New::type)
          .texts(event -> event.status().text())
          .texts(New::declineCode)
          .texts(New::processorId);
      statement.executeUpdate();
    }
  }
}
