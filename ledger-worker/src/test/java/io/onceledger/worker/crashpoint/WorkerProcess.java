package io.onceledger.worker.crashpoint;

import io.onceledger.worker.outbox.TestDispatcher;
import io.onceledger.worker.processor.ProcessorConfig;
import io.onceledger.worker.processor.TestProcessorClients;
import io.smallrye.config.SmallRyeConfig;

/** A process that works the outbox off: the product's dispatcher, which claims when it is told. */
final class WorkerProcess implements AutoCloseable {

  private final Life life;
  private final TappedNetwork network;
  private final TestDispatcher dispatcher;

  WorkerProcess(Life life, World world, SmallRyeConfig config) {
    this.life = life;
    this.network = new TappedNetwork(life, world.vertx());
    this.dispatcher =
        new TestDispatcher(
            world.vertx(),
            new TappedDatabase(life, world, WorkerProcess::stage).dataSource(),
            TestProcessorClients.client(
                network.vertx(), config.getConfigMapping(ProcessorConfig.class), life::nanoTime),
            config,
            life::nanoTime,
            life::awaitTurn);
    dispatcher.start();
  }

  /** By the names of the dispatcher's threads. */
  private static Stage stage() {
    return Thread.currentThread().getName().equals("claim") ? Stage.CLAIM : Stage.RECORD;
  }

  Life life() {
    return life;
  }

  /** Whether it does nothing more by itself. */
  boolean isQuiet() {
    return !life.isRunning() || (life.isAwaitingTurn() && dispatcher.inFlight() == 0);
  }

  @Override
  public void close() {
    dispatcher.close();
    network.close();
  }
}
