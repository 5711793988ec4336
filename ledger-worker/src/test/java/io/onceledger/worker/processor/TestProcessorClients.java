package io.onceledger.worker.processor;

import io.onceledger.worker.clock.MonotonicClock;
import io.vertx.core.Vertx;

/** Makes the worker's own client with a clock of the test. */
public final class TestProcessorClients {

  private TestProcessorClients() {}

  /** One whose connections {@code vertx} makes. */
  public static ProcessorClient client(
      Vertx vertx, ProcessorConfig config, MonotonicClock nanoTime) {
    return new ProcessorClient(vertx, config, nanoTime);
  }
}
