package io.onceledger.standalone.chaos;

import io.onceledger.standalone.demo.Deliveries;
import io.onceledger.standalone.demo.Delivery;
import io.onceledger.standalone.demo.DeliveryPlan;
import io.onceledger.standalone.demo.Patience;
import io.onceledger.standalone.demo.Settlement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

/**
 * The processor refuses connections while charges pile up. When it is back, the work has to be as
 * fast as before within a minute, without more at once than the limit.
 *
 * <p>What "before" is, is measured in the same run: how fast a backlog is worked off that came
 * about because the worker was stopped for a while. Twice, for the first time warms up.
 */
record Outage(int seconds, int charges, long seed) implements Scenario {
  /** Of the rate before. */
  private static final double ENOUGH = 0.9;

  private static final double BOUND_SECONDS = 60;

  /** A rate is told by what went in such a time: some batches. */
  private static final double WINDOW_SECONDS = 1;

  private static final int LIMIT = 256;

  /** What a processor in the same town takes at least. */
  private static final int LATENCY_MILLIS = 20;

  @Override
  public Map<String, String> settings() {
    return Map.of("LEDGER_WORKERS", "1", "LEDGER_PROCESSOR_CONCURRENCY", Integer.toString(LIMIT));
  }

  @Override
  public Verdict play(Arena arena) {
    Verdict verdict = new Verdict();
    Orders orders = new Orders(seed);
    Deliveries deliveries = new Deliveries(arena.api(), arena.answers());
    // So that requests overlap: without it the mock has answered one before it reads the next.
    arena.faults("latency_ms", LATENCY_MILLIS);
    drainedAfterAPause(arena, orders, deliveries);
    Drained before = drainedAfterAPause(arena, orders, deliveries);
    arena.say("normally %,.0f a second".formatted(before.best()));

    long down = System.nanoTime();
    arena.holdDown("processor");
    deliver(orders, deliveries, charges);
    long opened = 0;
    while (since(down) < seconds) {
      opened += arena.gauge("worker-1", "ledger_processor_breaker_open") > 0 ? 1 : 0;
      Patience.sleep(1_000);
    }
    long waiting = arena.records().open();
    arena.say("the processor comes back, %,d charges are waiting".formatted(waiting));
    arena.letGo("processor");
    arena.until("the processor is ready", arena::isProcessorReady);
    arena.faults("latency_ms", LATENCY_MILLIS);
    Drained after = drained(arena, before.best() * ENOUGH);

    verdict.figure("charges that waited", waiting);
    verdict.figure("charges a second before", before.best());
    verdict.figure("charges a second after, at best", after.best());
    verdict.figure("seconds until 90 % of the rate before", after.secondsToRate());
    verdict.figure("seconds until nothing was left", after.seconds());
    verdict.require(
        after.secondsToRate() <= BOUND_SECONDS,
        "it took more than " + BOUND_SECONDS + " s until 90 % of the rate before");
    new Settlement(
            arena.api(),
            arena.answers(),
            new Patience("charge became final", Duration.ofSeconds(60)))
        .await(Set.copyOf(deliveries.receipts().charges().values()), open -> {});
    Set<String> reviewed = new Inquest(arena).hold(verdict, orders.all(), deliveries);
    reviewed.forEach(charge -> verdict.broken(charge + " waits for a person"));
    long most = arena.processor().summary(arena.answers()).path("max_in_flight").asLong();
    verdict.require(most <= LIMIT, "the processor saw " + most + " requests at once");
    verdict.exercised("the breaker open", opened);
    verdict.exercised("charges that waited", waiting);
    verdict.exercised("requests at the same time", Math.max(0, most - 1));
    return verdict;
  }

  private Drained drainedAfterAPause(Arena arena, Orders orders, Deliveries deliveries) {
    arena.pause("worker-1");
    try {
      deliver(orders, deliveries, charges / 4);
    } finally {
      arena.resume("worker-1");
    }
    return drained(arena, 0);
  }

  private void deliver(Orders orders, Deliveries deliveries, int count) {
    deliveries.carryOut(
        new DeliveryPlan(
            orders.next(count).stream()
                .map(order -> new Delivery(order, Delivery.Manner.ONCE))
                .toList()));
  }

  /**
   * What a backlog was worked off like.
   *
   * @param best charges a second, in the best window
   * @param secondsToRate until a window reached the wanted rate; infinity if none did
   */
  private record Drained(double best, double seconds, double secondsToRate) {}

  /** Watches the backlog until nothing is left. */
  private static Drained drained(Arena arena, double wanted) {
    record Sample(double at, long open) {}
    Deque<Sample> window = new ArrayDeque<>();
    long start = System.nanoTime();
    double best = 0;
    double toRate = Double.POSITIVE_INFINITY;
    Patience patience = new Patience("message done", Duration.ofMinutes(6));
    long open = arena.records().open();
    window.add(new Sample(0, open));
    while (open > 0) {
      patience.pause(0, Duration.ZERO, open + " messages are open");
      Sample now = new Sample(since(start), arena.records().open());
      if (now.open() < open) {
        patience.progress();
      }
      open = now.open();
      window.add(now);
      while (now.at() - window.peek().at() > WINDOW_SECONDS * 1.2) {
        window.remove();
      }
      Sample first = window.peek();
      if (now.at() - first.at() >= WINDOW_SECONDS * 0.8) {
        double rate = (first.open() - now.open()) / (now.at() - first.at());
        best = Math.max(best, rate);
        if (rate >= wanted && now.at() < toRate) {
          toRate = now.at();
        }
      }
    }
    return new Drained(best, since(start), toRate);
  }

  private static double since(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }
}
