package io.onceledger.bench.rig;

/**
 * How many messages are open, asked again and again: each time from the oldest that was open. While
 * an old snapshot is held, a count of all the outbox passes over everything that has died.
 */
public final class OpenMessages {
  /** One branch for each of the two indexes, which have what they say and nothing else. */
  private static final String OPEN =
      """
      SELECT count(*), extract(epoch FROM coalesce(min(due_at), now()))
      FROM (
        SELECT due_at
        FROM outbox_message
        WHERE attempts = 0 AND due_at >= to_timestamp(?) AND step <> 'parked'
        UNION ALL
        SELECT due_at
        FROM outbox_message
        WHERE attempts > 0 AND due_at >= to_timestamp(?) AND step <> 'parked'
      ) AS message
      """;

  /** Transactions that make a message due are shorter. */
  private static final double OVERLAP_SECONDS = 1;

  private final Database database;
  private double from;

  public OpenMessages(Database database) {
    this.database = database;
  }

  /** Now; may be asked by one thread. */
  public long count() {
    double[] row = database.rows(OPEN, 2, from, from).get(0);
    from = row[1] - OVERLAP_SECONDS;
    return (long) row[0];
  }
}
