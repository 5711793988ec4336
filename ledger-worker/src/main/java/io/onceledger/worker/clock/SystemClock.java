package io.onceledger.worker.clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The clock of production. */
class SystemClock {

  @Produces
  @Singleton
  MonotonicClock monotonic() {
    return System::nanoTime;
  }
}
