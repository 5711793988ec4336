package io.onceledger.simulation;

import java.time.Duration;
import java.time.Instant;

/** True time, in milliseconds of the simulation, and what the database takes it for. */
final class Clock {

  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private long now;
  private long databaseAhead;
  private boolean setBack;

  /** True time, as a monotonic clock measures it: no jump touches it. */
  long now() {
    return now;
  }

  /** True time that has passed since {@code then}. */
  Duration since(long then) {
    return Duration.ofMillis(now - then);
  }

  void advanceTo(long then) {
    now = Math.max(now, then);
  }

  /** Whether the database's clock ever went back. */
  boolean wasSetBack() {
    return setBack;
  }

  /** What {@code now()} says in SQL. */
  Instant database() {
    return START.plusMillis(now + databaseAhead);
  }

  /** The same at another true time, as the clock is set now. */
  Instant databaseAt(long then) {
    return START.plusMillis(then + databaseAhead);
  }

  /** Someone sets the database's clock, forward or back. */
  void jumpDatabase(Duration by) {
    databaseAhead += by.toMillis();
    setBack |= by.isNegative();
  }

  /** The true time at which the database's clock will show {@code instant}. */
  long whenDatabaseShows(Instant instant) {
    return Duration.between(START, instant).toMillis() - databaseAhead;
  }
}
