package io.onceledger.worker.clock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Does something, waits a while, and does it again, on a thread of its own until it is stopped. It
 * does not wait when there is more to do at once.
 */
public final class Ticker {

  private static final Logger LOG = Logger.getLogger(Ticker.class);

  /** What is done is one transaction after another, and none is longer: statement_timeout. */
  private static final long LONGEST_SECONDS = 10;

  private final Duration every;
  private final BooleanSupplier tick;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Not started yet.
   *
   * @param name of the thread
   * @param every from the end of one tick to the next
   * @param tick whether there is more to do at once. Throws nothing: that would be its last
   */
  public Ticker(String name, Duration every, BooleanSupplier tick) {
    this.every = every;
    this.tick = tick;
    this.thread = new Thread(this::run, name);
  }

  /** Begins with a tick. */
  public void start() {
    thread.start();
  }

  /** Has the tick that is under way be the last, and waits for it. */
  public void stop() {
    stopping.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean isRunning() {
    return thread.isAlive();
  }

  private void run() {
    try {
      boolean more;
      do {
        more = tick.getAsBoolean();
      } while (!stopping.await(more ? 0 : every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("Stopped while idle");
    }
  }
}
