package io.onceledger.worker.outbox;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Counts claims under way, so that none is made that could not be sent at once. */
final class Slots {

  /** How often what is permitted is asked for: nobody tells when it changes. */
  private static final long LOOK_MILLIS = 50;

  private final int all;
  private int taken;

  Slots(int all) {
    this.all = all;
  }

  /**
   * Waits until it is worth asking for work: a quarter is free, so that a query brings more than
   * one message, or the one that may try.
   *
   * @param permitted how many may be under way now: all, or fewer
   * @param longest to wait
   * @return how many may be claimed; none when it was not worth it in time
   */
  synchronized int awaitFree(IntSupplier permitted, Duration longest) throws InterruptedException {
    await(() -> free(permitted.getAsInt()) > 0, longest);
    return free(permitted.getAsInt());
  }

  private int free(int permitted) {
    int free = Math.min(permitted, all) - taken;
    return permitted < all || free >= Math.max(1, all / 4) ? Math.max(0, free) : 0;
  }

  synchronized void take() {
    taken++;
  }

  synchronized void release() {
    taken--;
    notifyAll();
  }

  synchronized int taken() {
    return taken;
  }

  /** Whether nothing was under way any more before {@code longest} had passed. */
  synchronized boolean awaitNoneTaken(Duration longest) throws InterruptedException {
    return await(() -> taken == 0, longest);
  }

  private boolean await(BooleanSupplier condition, Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(Math.min(left, LOOK_MILLIS));
    }
    return true;
  }
}
