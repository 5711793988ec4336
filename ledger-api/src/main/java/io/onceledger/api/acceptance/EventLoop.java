package io.onceledger.api.acceptance;

import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The event loop that a request came in on. Its answer is rendered and written there: the thread
 * that committed it has the next batch to do.
 */
public final class EventLoop {

  private EventLoop() {}

  /**
   * What {@code stage} ends with, heard of on the event loop of the request that this thread is
   * handling; or {@code late} when it has not ended after {@code patience}. Cheaper than the same
   * in operators, which carry contexts along that nobody needs here: every charge comes through.
   */
  public static <T> CompletionStage<T> within(
      Duration patience, CompletionStage<T> stage, Supplier<? extends Throwable> late) {
    ContextInternal context = (ContextInternal) Vertx.currentContext();
    CompletableFuture<T> heard = new CompletableFuture<>();
    Future<?> deadline =
        context
            .nettyEventLoop()
            .schedule(
                () -> context.runOnContext(ignored -> heard.completeExceptionally(late.get())),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    stage.whenComplete(
        (result, failure) ->
            context.runOnContext(
                ignored -> {
                  deadline.cancel(false);
                  if (failure == null) {
                    heard.complete(result);
                  } else {
                    heard.completeExceptionally(failure);
                  }
                }));
    return heard;
  }
}
