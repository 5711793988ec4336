package io.onceledger.worker.outbox;

import io.onceledger.worker.processor.Finding;
import java.time.Duration;

/**
 * How long to pause when there was nothing to claim, or no use in claiming: twice as long each
 * time, up to a bound.
 */
final class Pace {

  private static final Duration SHORTEST = Duration.ofMillis(2);

  /** So many calls in a row without use are an outage; fewer are single connections lost. */
  private static final int OUTAGE = 5;

  private final Duration idlePause;
  private final Duration outagePause;
  private Duration pause = SHORTEST;
  private boolean served = true;
  private int unusableInARow;

  /**
   * With two bounds.
   *
   * @param idlePause while there is nothing to do
   * @param outagePause while database or processor are away: work goes on within it
   */
  Pace(Duration idlePause, Duration outagePause) {
    this.idlePause = idlePause;
    this.outagePause = outagePause;
  }

  /** The outbox was read, and gave {@code works} claims. */
  synchronized void served(int works) {
    served = true;
    if (works > 0 && isProcessorUsable()) {
      pause = SHORTEST;
    }
  }

  /** The outbox could not be read. */
  synchronized void unserved() {
    served = false;
  }

  /** Takes note of a call; true when it has made the processor usable, or unusable. */
  synchronized boolean changedBy(Finding finding) {
    boolean before = isProcessorUsable();
    unusableInARow = finding.unusable() ? unusableInARow + 1 : 0;
    return before != isProcessorUsable();
  }

  synchronized boolean isServed() {
    return served;
  }

  synchronized boolean isProcessorUsable() {
    return unusableInARow < OUTAGE;
  }

  void pause() throws InterruptedException {
    Thread.sleep(next().toMillis());
  }

  private synchronized Duration next() {
    Duration now = pause;
    Duration bound = served && isProcessorUsable() ? idlePause : outagePause;
    Duration doubled = now.multipliedBy(2);
    pause = doubled.compareTo(bound) > 0 ? bound : doubled;
    return now;
  }
}
