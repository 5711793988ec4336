package io.onceledger.worker.outbox;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Counts claims under way, so that none is made that could not be sent at once. */
final class Slots {

  private final int all;
  private int taken;

  Slots(int all) {
    this.all = all;
  }

  /**
   * Waits until it is worth asking for work: a quarter is free, so that a query brings more than
   * one message.
   *
   * @param usable whether the processor can be used now; if not, one claim at a time tries it
   * @return how many may be claimed
   */
  synchronized int awaitFree(BooleanSupplier usable) throws InterruptedException {
    while (usable.getAsBoolean() ? all - taken < Math.max(1, all / 4) : taken > 0) {
      wait();
    }
    return usable.getAsBoolean() ? all - taken : 1;
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
  synchronized boolean awaitNoneTaken(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (taken > 0) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
