package io.onceledger.core.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs at the same time what a test wants to be at the same time. The common pool does not: from
 * JDK 25 on it has a single thread on two processors.
 */
public final class OwnThread {

  private static final Executor EACH =
      task -> {
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
      };

  private OwnThread() {}

  public static CompletableFuture<Void> run(Runnable task) {
    return CompletableFuture.runAsync(task, EACH);
  }

  public static <T> CompletableFuture<T> supply(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, EACH);
  }
}
