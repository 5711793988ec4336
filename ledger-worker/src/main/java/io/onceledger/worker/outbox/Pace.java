package io.onceledger.worker.outbox;

import java.time.Duration;

/**
 * How long to pause when there was nothing more to claim, or no database to claim from: twice as
 * long each time, up to a bound.
 */
final class Pace {

  private static final Duration SHORTEST = Duration.ofMillis(4);

  private final Duration idlePause;
  private final Duration outagePause;
  private Duration pause = SHORTEST;
  private boolean served = true;

  /**
   * With two bounds.
   *
   * @param idlePause while there is nothing to do
   * @param outagePause while the database is away: work goes on within it
   */
  Pace(Duration idlePause, Duration outagePause) {
    this.idlePause = idlePause;
    this.outagePause = outagePause;
  }

  /** The outbox was read, and gave {@code works} claims. */
  synchronized void served(int works) {
    served = true;
    if (works > 0) {
      pause = SHORTEST;
    }
  }

  /** The outbox could not be read. */
  synchronized void unserved() {
    served = false;
  }

  synchronized boolean isServed() {
    return served;
  }

  void pause() throws InterruptedException {
    Thread.sleep(next().toMillis());
  }

  private synchronized Duration next() {
    Duration now = pause;
    Duration bound = served ? idlePause : outagePause;
    Duration doubled = now.multipliedBy(2);
    pause = doubled.compareTo(bound) > 0 ? bound : doubled;
    return now;
  }
}
