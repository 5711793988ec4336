package io.onceledger.standalone.chaos;

import io.onceledger.standalone.demo.Deliveries;
import io.onceledger.standalone.demo.DeliveryPlan;
import io.onceledger.standalone.demo.Patience;
import io.onceledger.standalone.demo.Settlement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Two workers, calls that take eight seconds, one of the workers killed while its calls are under
 * way: how long until the other has taken over all of them. What was sent takes effect all the
 * same, after the look-up that found nothing.
 *
 * @param within seconds that it may take until all have moved
 */
record Takeover(long seed, int within) implements Scenario {
  private static final String VICTIM = "worker-1";

  /** Fewer than either worker may have under way, so that the one that is left has room. */
  private static final int ORDERS = 200;

  private static final int LATENCY_MILLIS = 8_000;

  /** After which what was claimed has reached the processor, on a busy machine as well. */
  private static final long SENT_MILLIS = 1_000;

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "LEDGER_WORKERS", "2",
        "LEDGER_PROCESSOR_CALL_TIMEOUT", "9s",
        "LEDGER_PROCESSOR_PROFILE_SETTLE_TIME", "1s");
  }

  @Override
  public Verdict play(Arena arena) {
    Verdict verdict = new Verdict();
    Orders orders = new Orders(seed);
    Deliveries deliveries = new Deliveries(arena.api(), arena.answers());
    // Workers that are cold would have sent little of it when one of them is killed.
    deliveries.carryOut(DeliveryPlan.of(orders.next(ORDERS), seed));
    arena.until("the first orders are done", () -> arena.records().open() == 0);
    arena.faults("latency_ms", LATENCY_MILLIS);
    deliveries.carryOut(DeliveryPlan.of(orders.next(ORDERS), seed + 1));
    arena.until(
        "every message is claimed", () -> arena.records().claimed() == arena.records().open());
    Patience.sleep(SENT_MILLIS);
    long held = (long) arena.gauge(VICTIM, "ledger_claims_in_flight");
    arena.say("killing " + VICTIM + ", which has " + held + " calls under way");
    String killed = arena.records().clock();
    arena.kill(VICTIM);
    // Those that had reached the processor take effect after the look-up that did not find them.
    Patience.sleep(LATENCY_MILLIS);
    arena.faults("latency_ms", 0);
    new Settlement(
            arena.api(),
            arena.answers(),
            new Patience("charge became final", Duration.ofSeconds(60)))
        .await(Set.copyOf(deliveries.receipts().charges().values()), open -> {});
    Set<String> reviewed = new Inquest(arena).hold(verdict, orders.all(), deliveries);
    reviewed.forEach(charge -> verdict.broken(charge + " waits for a person"));
    double slowest = arena.records().slowestTakeover(killed);
    verdict.figure("calls under way at the worker that was killed", held);
    verdict.figure("of these taken over", arena.records().takenOver());
    verdict.figure("seconds until the last of them moved", slowest);
    verdict.require(slowest <= within, "it took more than " + within + " s until all moved");
    verdict.exercised("a lost send taken over", arena.records().takenOver());
    verdict.exercised("an unknown charge resolved by look-up", arena.records().foundByLookUp());
    return verdict;
  }
}
