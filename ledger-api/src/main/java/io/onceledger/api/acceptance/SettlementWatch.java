package io.onceledger.api.acceptance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.onceledger.core.id.Resource;
import io.onceledger.core.outcome.Settled;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.jboss.logging.Logger;

/**
 * Waits for charges and refunds to settle, for any number of requests with one query every {@link
 * #TICK_MILLIS}. A request holds no thread and no connection while it waits. Polls and does not
 * listen: NOTIFY would serialise the commits of everyone.
 */
@ApplicationScoped
class SettlementWatch {

  private static final Logger LOG = Logger.getLogger(SettlementWatch.class);

  /** Adds half of it to an answer on average; a query every 20 ms costs the database nothing. */
  private static final long TICK_MILLIS = 20;

  /** What may be waited for; more get their receipts at once. One query asks for all. */
  private static final int MOST = 5_000;

  /** One request; several may wait for one resource, so it is equal to itself only. */
  private static final class Waiting {
    private final Resource resource;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();

    private Waiting(Resource resource) {
      this.resource = resource;
    }
  }

  private final Settled settled;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "settlement-watch"));
  private final ScheduledFuture<?> ticks;

  SettlementWatch(Settled settled) {
    this.settled = settled;
    ticks = clock.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, MILLISECONDS);
  }

  /**
   * True as soon as it is final or in review, false when {@code patience} has run out; with no
   * patience at all, whether it is now.
   */
  Uni<Boolean> settles(Resource resource, Duration patience) {
    if (patience.isZero()) {
      return Uni.createFrom()
          .item(Unchecked.supplier(() -> settled.among(List.of(resource)).contains(resource)))
          .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
    if (waiting.size() >= MOST) {
      return Uni.createFrom().item(false);
    }
    Waiting request = new Waiting(resource);
    waiting.add(request);
    return Uni.createFrom()
        .completionStage(request.settled)
        .replaceWith(true)
        .ifNoItem()
        .after(patience)
        .recoverWithItem(false)
        .onTermination()
        .invoke(() -> waiting.remove(request))
        .emitOn(Infrastructure.getDefaultWorkerPool());
  }

  private void look() {
    if (waiting.isEmpty()) {
      return;
    }
    try {
      Set<Resource> done =
          Set.copyOf(
              settled.among(waiting.stream().map(request -> request.resource).distinct().toList()));
      waiting.stream()
          .filter(request -> done.contains(request.resource))
          .forEach(request -> request.settled.complete(null));
    } catch (Throwable e) {
      // Those who wait get their receipts in time; the next tick asks again.
      LOG.debugf("Cannot look for what has settled: %s", e.getMessage());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    ticks.cancel(true);
    clock.shutdownNow();
  }
}
