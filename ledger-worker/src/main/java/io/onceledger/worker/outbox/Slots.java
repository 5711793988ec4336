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
   * @param longest to wait
   * @return how many may be claimed; none when it was not worth it in time
   */
  synchronized int awaitFree(BooleanSupplier usable, Duration longest) throws InterruptedException {
    boolean free =
        await(
            () -> usable.getAsBoolean() ? all - taken >= Math.max(1, all / 4) : taken == 0,
            longest);
    return free ? (usable.getAsBoolean() ? all - taken : 1) : 0;
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
      wait(left);
    }
    return true;
  }
}
