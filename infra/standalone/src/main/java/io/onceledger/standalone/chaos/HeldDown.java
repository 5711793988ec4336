package io.onceledger.standalone.chaos;

import io.onceledger.standalone.process.Instance;
import io.onceledger.standalone.process.RefusedException;
import io.onceledger.standalone.process.Service;

/** A service that does not come back while it is held down. */
final class HeldDown implements Service {
  private final Service service;
  private boolean held;

  HeldDown(Service service) {
    this.service = service;
  }

  synchronized void hold() {
    held = true;
  }

  synchronized void letGo() {
    held = false;
    notifyAll();
  }

  @Override
  public String name() {
    return service.name();
  }

  @Override
  public String where() {
    return service.where();
  }

  /** Waits while it is held down, so that nobody tells every second that it is. */
  @Override
  public Instance start() {
    awaitLetGo();
    return service.start();
  }

  private synchronized void awaitLetGo() {
    try {
      while (held) {
        wait();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RefusedException(name() + " is held down");
    }
  }
}
