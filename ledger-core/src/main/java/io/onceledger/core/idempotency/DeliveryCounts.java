package io.onceledger.core.idempotency;

import io.onceledger.core.database.ColumnArrays;
import io.onceledger.core.idempotency.Acceptance.Mismatched;
import io.onceledger.core.idempotency.Acceptance.Refused;
import io.onceledger.core.idempotency.Acceptance.Replayed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counts deliveries for one writer: all of a batch on one side, its replays and mismatches, by key,
 * on the other. Called last in the transaction that decides the batch, once all its keys are
 * inserted: counters are locked in the order of their keys, so that batches cannot deadlock.
 *
 * <p>One statement. A batch that is run again by the same writer counts once. Used by one thread.
 */
public final class DeliveryCounts {

  /** Writers that count the same key at once without waiting for each other; see V008. */
  private static final int SLOTS = 16;

  /**
   * Batches that are counted in one row; then the next one begins. Each leaves a dead version of
   * the row, and while an old snapshot is held all of them stay and are passed over by the next
   * batch.
   */
  static final int BATCHES_IN_ROW = 1_000;

  private static final String COUNT =
      """
      WITH tally AS (
        INSERT INTO delivery_tally AS t (writer, batch, deliveries)
        VALUES (?, ?, ?)
        ON CONFLICT (writer) DO UPDATE
        SET batch = excluded.batch,
            deliveries = t.deliveries + excluded.deliveries
        WHERE t.batch <> excluded.batch
        RETURNING writer
      )
      INSERT INTO key_repeat AS r (merchant_id, last_at, replays, mismatches, slot, key)
      SELECT merchant_id, now(), replays, mismatches, ?, key
      FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::bigint[])
        AS repeat (merchant_id, key, replays, mismatches)
      WHERE EXISTS (SELECT FROM tally)
      ORDER BY merchant_id, key COLLATE "C"
      ON CONFLICT (merchant_id, key, slot) DO UPDATE
      SET last_at = excluded.last_at,
          replays = r.replays + excluded.replays,
          mismatches = r.mismatches + excluded.mismatches
      """;

  private final int slot = Math.floorMod(UUID.randomUUID().hashCode(), SLOTS);
  private UUID row;
  private UUID lastBatch;
  private int batches;

  private record Repeats(IdempotencyKey key, long replays, long mismatches) {
    Repeats plus(Repeats more) {
      return new Repeats(key, replays + more.replays, mismatches + more.mismatches);
    }
  }

  /**
   * Counts a batch, which the id that its first delivery proposes names: it is the same when the
   * batch is run again. What was refused leaves no trace, so it is no delivery either.
   *
   * @param acceptances what became of {@code deliveries}, in the same order
   */
  public <R> void count(
      Connection connection,
      List<? extends Delivery<?>> deliveries,
      List<Acceptance<R>> acceptances)
      throws SQLException {
    long refused = acceptances.stream().filter(a -> a instanceof Refused).count();
    if (refused == acceptances.size()) {
      return;
    }
    Map<IdempotencyKey, Repeats> repeats = new HashMap<>();
    for (int i = 0; i < acceptances.size(); i++) {
      IdempotencyKey key = deliveries.get(i).name();
      if (acceptances.get(i) instanceof Replayed) {
        repeats.merge(key, new Repeats(key, 1, 0), Repeats::plus);
      } else if (acceptances.get(i) instanceof Mismatched) {
        repeats.merge(key, new Repeats(key, 0, 1), Repeats::plus);
      }
    }
    count(
        connection,
        deliveries.get(0).proposedId(),
        acceptances.size() - refused,
        List.copyOf(repeats.values()));
  }

  private void count(Connection connection, UUID batch, long deliveries, List<Repeats> repeats)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setObject(1, rowOf(batch));
      statement.setObject(2, batch);
      statement.setLong(3, deliveries);
      statement.setInt(4, slot);
      new ColumnArrays<>(statement, repeats, 5)
          .uuids(repeat -> repeat.key().merchant())
          .texts(repeat -> repeat.key().text())
          .longs(Repeats::replays)
          .longs(Repeats::mismatches);
      statement.executeUpdate();
    }
  }

  /** The same one for a batch that is run again. */
  private UUID rowOf(UUID batch) {
    if (!batch.equals(lastBatch)) {
      lastBatch = batch;
      if (batches % BATCHES_IN_ROW == 0) {
        row = UUID.randomUUID();
      }
      batches++;
    }
    return row;
  }
}
