package io.onceledger.core.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Bounds how long a connection keeps the plans of its prepared statements. PostgreSQL keeps one
 * until the table is analyzed: for a ledger that has just been set up, that is ten seconds and a
 * hundred thousand charges after a plan that took an index of one page for as good as any.
 */
final class Plans {

  static final Duration LIFE = Duration.ofSeconds(1);

  /** When the plans of each connection were let go of, by {@link System#nanoTime}. */
  private static final Map<Connection, Long> RENEWED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private Plans() {}

  /**
   * Lets go of the plans, if their time is over: each statement is planned anew when it is used.
   *
   * @param life how long plans are kept
   */
  static void renew(Connection connection, Duration life) throws SQLException {
    Connection physical = connection.unwrap(Connection.class);
    long now = System.nanoTime();
    Long renewed = RENEWED.putIfAbsent(physical, now);
    if (renewed != null && now - renewed > life.toNanos()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("DISCARD PLANS");
      }
      RENEWED.put(physical, now);
    }
  }
}
