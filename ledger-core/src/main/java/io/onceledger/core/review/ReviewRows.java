package io.onceledger.core.review;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Opens reviews and resolves them, each once. Each method is one statement in the transaction of a
 * caller who has locked the charges: nobody else is at their reviews.
 */
public final class ReviewRows {

  /** What has an open review already gets no second one: nothing new is asked. */
  private static final String OPEN =
      """
      INSERT INTO review (merchant_id, id, charge_id, refund_id, opened_at, reason)
      SELECT merchant_id, id, charge_id, refund_id, now(), reason
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[])
        AS r (merchant_id, id, charge_id, refund_id, reason)
      WHERE NOT EXISTS (
        SELECT
        FROM review AS o
        WHERE o.merchant_id = r.merchant_id AND o.charge_id = r.charge_id
          AND o.refund_id IS NOT DISTINCT FROM r.refund_id AND o.resolved_at IS NULL)
      """;

  private static final String CLOSE =
      """
      UPDATE review AS r
      SET resolved_at = now(), note = closing.note
      FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[])
        AS closing (merchant_id, charge_id, refund_id, note)
      WHERE r.merchant_id = closing.merchant_id AND r.charge_id = closing.charge_id
        AND r.refund_id IS NOT DISTINCT FROM closing.refund_id AND r.resolved_at IS NULL
      """;

  private static final String DECIDE =
      """
      UPDATE review
      SET resolved_at = now(), resolved_by = ?, decision = ?, processor_payment = ?, note = ?
      WHERE merchant_id = ? AND id = ? AND resolved_at IS NULL
      """;

  private ReviewRows() {}

  /** A text about a charge or a refund: why it is asked about, or how that was found out. */
  public record Remark(Resource about, String text) {}

  /** Opens a review for each of {@code reasons}. */
  public static void open(Connection connection, List<Remark> reasons) throws SQLException {
    if (reasons.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      new ColumnArrays<>(statement, reasons)
          .uuids(reason -> reason.about().merchant())
          .uuids(reason -> PublicId.next())
          .uuids(reason -> reason.about().charge())
          .uuids(reason -> reason.about().refund())
          .texts(Remark::text);
      statement.executeUpdate();
    }
  }

  /** Opens a review about each of these, for one reason. */
  public static void open(Connection connection, List<Resource> about, String reason)
      throws SQLException {
    open(connection, about.stream().map(each -> new Remark(each, reason)).toList());
  }

  /** Resolves what is open about these: they are decided, and not by a person. */
  public static void close(Connection connection, List<Remark> notes) throws SQLException {
    if (notes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(CLOSE)) {
      new ColumnArrays<>(statement, notes)
          .uuids(note -> note.about().merchant())
          .uuids(note -> note.about().charge())
          .uuids(note -> note.about().refund())
          .texts(Remark::text);
      statement.executeUpdate();
    }
  }

  /** Writes a person's decision under an open review. */
  static void decide(Connection connection, Review review, Decision decision) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DECIDE)) {
      statement.setObject(1, decision.by());
      statement.setString(2, decision.status().text());
      statement.setString(3, decision.processorPayment());
      statement.setString(4, decision.note());
      statement.setObject(5, review.about().merchant());
      statement.setObject(6, review.id());
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("review " + review.id() + " was resolved without its lock");
      }
    }
  }
}
