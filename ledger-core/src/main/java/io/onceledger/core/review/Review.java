package io.onceledger.core.review;

import io.onceledger.core.database.Instants;
import io.onceledger.core.id.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * A question to a person, and its answer.
 *
 * @param ageSeconds on the database's clock, until it was resolved
 * @param resolvedAt null while it is open
 * @param resolution null while it is open
 * @param subject what it is about, as it is now
 */
public record Review(
    UUID id,
    Resource about,
    String reason,
    Instant openedAt,
    long ageSeconds,
    Instant resolvedAt,
    Resolution resolution,
    Subject subject) {

  /**
   * How it ended.
   *
   * @param decision the status that a person decided on; null when the processor's answer did
   * @param processorPayment null unless the person named one
   * @param by the operator's key; null when no person decided
   */
  public record Resolution(String decision, String processorPayment, String note, UUID by) {}

  /** What it is about. */
  public record Subject(String status, long amount, String currency) {}

  static Review read(ResultSet row) throws SQLException {
    Instant resolvedAt = Instants.read(row, "resolved_at");
    return new Review(
        row.getObject("id", UUID.class),
        new Resource(
            row.getObject("merchant_id", UUID.class),
            row.getObject("charge_id", UUID.class),
            row.getObject("refund_id", UUID.class)),
        row.getString("reason"),
        Instants.read(row, "opened_at"),
        row.getLong("age_seconds"),
        resolvedAt,
        resolvedAt == null
            ? null
            : new Resolution(
                row.getString("decision"),
                row.getString("processor_payment"),
                row.getString("note"),
                row.getObject("resolved_by", UUID.class)),
        new Subject(row.getString("status"), row.getLong("amount"), row.getString("currency")));
  }
}
