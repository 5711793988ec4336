package io.onceledger.peers;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Time, as measurements need it. */
final class Waiting {
  /** A hundredth of a second in a measurement of seconds. */
  private static final long LOOK_MILLIS = 10;

  private Waiting() {}

  /** What is waited for. */
  interface Condition {
    boolean holds() throws SQLException;
  }

  /** True as soon as it holds; false if it does not within the time. */
  static boolean until(long seconds, Condition condition) throws SQLException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      sleep(LOOK_MILLIS);
    }
    return true;
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new WorkerProcess.FailedException("interrupted");
    }
  }

  static double secondsSince(long nanos) {
    return seconds(System.nanoTime() - nanos);
  }

  static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
