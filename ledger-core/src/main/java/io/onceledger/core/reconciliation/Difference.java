package io.onceledger.core.reconciliation;

import io.onceledger.core.database.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Something in which a report and the books differ.
 *
 * @param date of the first run that found it
 * @param type of the line: payment, refund, dispute or dispute_reversal
 * @param payment the processor's id; null where we know none. Of a dispute that is missing there,
 *     the processor's id of the dispute
 * @param reference what the processor got as ours
 * @param charge null when we have none of that name
 * @param refund null unless it is about a refund that we have
 * @param reported null when no report names it
 * @param ours null when we have nothing of that name
 * @param ageSeconds on the database's clock, until it was resolved
 * @param resolution null while it is open
 */
public record Difference(
    UUID id,
    UUID merchant,
    LocalDate date,
    DifferenceKind kind,
    String type,
    String payment,
    String reference,
    UUID charge,
    UUID refund,
    Figure reported,
    Figure ours,
    String ourStatus,
    Instant firstSeen,
    Instant lastSeen,
    long ageSeconds,
    Resolution resolution) {

  /** An amount in minor units of its currency. */
  public record Figure(long amount, String currency) {}

  /**
   * Why it is not open any more.
   *
   * @param by the operator's key; null when a later run found it gone
   */
  public record Resolution(Instant at, String note, UUID by) {}

  static Difference read(ResultSet row) throws SQLException {
    Instant resolvedAt = Instants.read(row, "resolved_at");
    String payment = row.getString("payment");
    return new Difference(
        row.getObject("id", UUID.class),
        row.getObject("merchant_id", UUID.class),
        row.getObject("date", LocalDate.class),
        DifferenceKind.parse(row.getString("kind")).orElseThrow(),
        row.getString("type"),
        payment.isEmpty() ? null : payment,
        row.getString("reference"),
        row.getObject("charge_id", UUID.class),
        row.getObject("refund_id", UUID.class),
        figure(row, "reported"),
        figure(row, "our"),
        row.getString("our_status"),
        Instants.read(row, "first_seen"),
        Instants.read(row, "last_seen"),
        row.getLong("age_seconds"),
        resolvedAt == null
            ? null
            : new Resolution(
                resolvedAt, row.getString("note"), row.getObject("resolved_by", UUID.class)));
  }

  private static Figure figure(ResultSet row, String side) throws SQLException {
    String currency = row.getString(side + "_currency");
    return currency == null ? null : new Figure(row.getLong(side + "_amount"), currency);
  }
}
