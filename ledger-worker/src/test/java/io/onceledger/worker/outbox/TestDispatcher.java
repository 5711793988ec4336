package io.onceledger.worker.outbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.onceledger.worker.clock.MonotonicClock;
import io.onceledger.worker.processor.ProcessorBreaker;
import io.onceledger.worker.processor.ProcessorClient;
import io.onceledger.worker.processor.ProcessorConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.Optional;
import javax.sql.DataSource;

/** The worker's own dispatcher, started and stopped by a test, which gives it its turns. */
public final class TestDispatcher implements AutoCloseable {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Dispatcher dispatcher;

  /**
   * Configured by {@code config}, which {@link #mapped} has prepared.
   *
   * @param awaitTurn returns when leases may be kept and work claimed, once
   */
  public TestDispatcher(
      Vertx vertx,
      DataSource dataSource,
      ProcessorClient processor,
      SmallRyeConfig config,
      MonotonicClock nanoTime,
      Runnable awaitTurn) {
    this.dispatcher =
        new Dispatcher(
            vertx,
            dataSource,
            processor,
            new ProcessorBreaker(config.getConfigMapping(ProcessorConfig.class)),
            config.getConfigMapping(ProcessorConfig.class),
            config.getConfigMapping(WorkerConfig.class),
            config.getConfigMapping(ChargeConfig.class),
            Optional.empty(),
            meters,
            nanoTime) {
          @Override
          boolean keepLeases() {
            awaitTurn.run();
            return super.keepLeases();
          }
        };
  }

  /** With what has to be mapped for it. */
  public static SmallRyeConfigBuilder mapped(SmallRyeConfigBuilder builder) {
    return builder
        .withMapping(ProcessorConfig.class)
        .withMapping(WorkerConfig.class)
        .withMapping(ChargeConfig.class);
  }

  /** Begins to claim. */
  public void start() {
    dispatcher.start(null);
  }

  /** Claims that are neither recorded nor given up. */
  public int inFlight() {
    return (int) meters.get("ledger.claims.in_flight").gauge().value();
  }

  /** As the process does when it is told to end. */
  @Override
  public void close() {
    dispatcher.stop(null);
  }
}
