package io.onceledger.api.acceptance;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/**
 * The event loop that a request came in on. Its answer is rendered and written there: the thread
 * that committed it has the next batch to do.
 */
public final class EventLoop {

  private EventLoop() {}

  /** Runs tasks on the event loop of the request that is being handled by this thread. */
  public static Executor current() {
    Context context = Vertx.currentContext();
    return task -> context.runOnContext(ignored -> task.run());
  }
}
