package io.onceledger.client;

import java.time.Duration;

/** The clock that deadlines run on. Tests have one that they move. */
interface Time {

  Time SYSTEM =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration.toMillis());
        }
      };

  /** Never goes back; only differences mean something. */
  long nanos();

  void sleep(Duration duration) throws InterruptedException;
}
