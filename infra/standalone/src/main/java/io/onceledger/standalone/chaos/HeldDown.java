package io.onceledger.standalone.chaos;

import io.onceledger.standalone.process.Instance;
import io.onceledger.standalone.process.RefusedException;
import io.onceledger.standalone.process.Service;

/** A service that does not come back while it is held down. */
final class HeldDown implements Service {
  private final Service service;
  private volatile boolean held;

  HeldDown(Service service) {
    this.service = service;
  }

  void hold() {
    held = true;
  }

  void letGo() {
    held = false;
  }

  @Override
  public String name() {
    return service.name();
  }

  @Override
  public String where() {
    return service.where();
  }

  @Override
  public Instance start() {
    if (held) {
      throw new RefusedException("held down by the scenario");
    }
    return service.start();
  }
}
