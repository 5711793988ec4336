package io.onceledger.api.charge;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.charge.SettledCharges;
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
 * Waits for charges to settle, for any number of requests with one query every {@link
 * #TICK_MILLIS}. A request holds no thread and no connection while it waits. Polls and does not
 * listen: NOTIFY would serialise the commits of everyone.
 */
@ApplicationScoped
class SettlementWatch {

  private static final Logger LOG = Logger.getLogger(SettlementWatch.class);

  /** Adds half of it to an answer on average; a query every 20 ms costs the database nothing. */
  private static final long TICK_MILLIS = 20;

  /** Charges that may be waited for; more get their receipts at once. One query asks for all. */
  private static final int MOST = 5_000;

  /** One request; several may wait for one charge, so it is equal to itself only. */
  private static final class Waiting {
    private final ChargeRows.Key charge;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();

    private Waiting(ChargeRows.Key charge) {
      this.charge = charge;
    }
  }

  private final SettledCharges settled;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "settlement-watch"));
  private final ScheduledFuture<?> ticks;

  SettlementWatch(SettledCharges settled) {
    this.settled = settled;
    ticks = clock.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, MILLISECONDS);
  }

  /**
   * True as soon as the charge is final or in review, false when {@code patience} has run out; with
   * no patience at all, whether it is now.
   */
  Uni<Boolean> settles(ChargeRows.Key charge, Duration patience) {
    if (patience.isZero()) {
      return Uni.createFrom()
          .item(Unchecked.supplier(() -> settled.among(List.of(charge)).contains(charge)))
          .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
    if (waiting.size() >= MOST) {
      return Uni.createFrom().item(false);
    }
    Waiting request = new Waiting(charge);
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
      Set<ChargeRows.Key> done =
          settled.among(waiting.stream().map(request -> request.charge).distinct().toList());
      waiting.stream()
          .filter(request -> done.contains(request.charge))
          .forEach(request -> request.settled.complete(null));
    } catch (Throwable e) {
      // Those who wait get their receipts in time; the next tick asks again.
      LOG.debugf("Cannot look for settled charges: %s", e.getMessage());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    ticks.cancel(true);
    clock.shutdownNow();
  }
}
