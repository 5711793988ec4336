package io.onceledger.standalone.chaos;

import io.onceledger.standalone.demo.Answer;
import io.onceledger.standalone.demo.Deliveries;
import io.onceledger.standalone.demo.DeliveryPlan;
import io.onceledger.standalone.demo.Order;
import io.onceledger.standalone.demo.Patience;
import io.onceledger.standalone.demo.Settlement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every fault of the processor at one in ten, a processor that forgets its keys after six seconds,
 * a worker killed every ten seconds, clients that repeat their requests. Then all is healed, and
 * nothing may be left open.
 *
 * @param askable whether the processor can be asked by key, and told to cancel
 */
record ManyFaults(int seconds, long seed, boolean askable) implements Scenario {
  private static final double RATE = 0.1;

  /** A thousand charges in a minute, and workers that are not starved on a small machine. */
  private static final int ORDERS_A_SECOND = 20;

  private static final int SECONDS_BETWEEN_KILLS = 10;

  /** The settle time and the skew, below. */
  private static final String SETTLED_AFTER = "700ms";

  private static final String RETENTION = "6s";

  /** The retention less the skew. */
  private static final String REMEMBERED = "5800ms";

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("LEDGER_WORKERS", "2");
    settings.put("LEDGER_PROCESSOR_PROFILE_KEY_RETENTION", RETENTION);
    settings.put("LEDGER_PROCESSOR_CALL_TIMEOUT", "1s");
    // A window of 3 s: what is left of it for sending again is 1.8 s.
    settings.put("LEDGER_PROCESSOR_CLOCK_SKEW", "200ms");
    // What hangs acts 0.2 s after the call has timed out.
    settings.put("LEDGER_PROCESSOR_PROFILE_SETTLE_TIME", "500ms");
    // Half of a retention of 6 s must be enough to ask twice about what a lost worker has sent; but
    // on a machine that does other things as well, less than a second passes before a send begins.
    settings.put("LEDGER_WORKER_SEND_WITHIN", "1s");
    settings.put("LEDGER_WORKER_LEASE", "1s");
    settings.put("LEDGER_PROCESSOR_PROFILE_LOOKUP_BY_KEY", Boolean.toString(askable));
    settings.put("LEDGER_PROCESSOR_PROFILE_CANCEL_BY_KEY", Boolean.toString(askable));
    return Map.copyOf(settings);
  }

  @Override
  public Verdict play(Arena arena) {
    Verdict verdict = new Verdict();
    Orders orders = new Orders(seed);
    Deliveries deliveries = new Deliveries(arena.api(), arena.answers());
    misbehave(arena, RATE);
    long mismatches = 0;
    int kills = 0;
    long start = System.nanoTime();
    int nextKill = SECONDS_BETWEEN_KILLS / 2;
    for (int second = 0; second < seconds; second++) {
      List<Order> batch = orders.next(ORDERS_A_SECOND);
      deliveries.carryOut(DeliveryPlan.of(batch, seed + second));
      mismatches += refusesAnotherPayload(arena, verdict, batch.get(0));
      if (second >= nextKill && kill(arena, kills)) {
        kills++;
        nextKill = second + SECONDS_BETWEEN_KILLS;
      }
      if (second % 5 == 4) {
        arena.say(
            "%d s: %,d orders, %d kills, %,d messages open"
                .formatted(second + 1, orders.all().size(), kills, arena.records().open()));
      }
      sleepUntil(start + Duration.ofSeconds(second + 1).toNanos());
    }
    long healing = System.nanoTime();
    heal(arena, deliveries);
    verdict.figure("kills of a worker", kills);
    verdict.figure("seconds from healing until nothing is open", seconds(healing));
    judge(arena, verdict, orders, deliveries);
    exercised(arena, verdict, deliveries, mismatches);
    return verdict;
  }

  private static void misbehave(Arena arena, double rate) {
    arena.faults(
        "decline_rate", rate,
        "error_before_effect_rate", rate,
        "error_after_effect_rate", rate,
        "lost_ack_rate", rate,
        "drop_rate", rate,
        "hang_rate", rate,
        "rate_limit_rate", rate,
        "garbage_rate", rate,
        "hang_ms", 1_200,
        "lookup_lag_ms", rate > 0 ? 100 : 0,
        "key_retention_seconds", 6);
  }

  /** Whether the API says that the key was used for something else. */
  private static int refusesAnotherPayload(Arena arena, Verdict verdict, Order order) {
    Answer answer = arena.api().charge(Orders.altered(order));
    verdict.require(
        answer.status() == 422 || answer.status() == 0 || answer.status() == 503,
        "another payload under " + order.idempotencyKey() + " was answered " + answer.status());
    return answer.status() == 422 ? 1 : 0;
  }

  /** Each in its turn, and never the last that works. */
  private static boolean kill(Arena arena, int kills) {
    String victim = "worker-" + (kills % 2 + 1);
    String other = "worker-" + (2 - kills % 2);
    if (!arena.isReady(other) || !arena.isReady(victim)) {
      return false;
    }
    arena.kill(victim);
    return true;
  }

  private static void heal(Arena arena, Deliveries deliveries) {
    arena.say("healing");
    misbehave(arena, 0);
    arena.until(
        "both workers are ready", () -> arena.isReady("worker-1") && arena.isReady("worker-2"));
    new Settlement(
            arena.api(),
            arena.answers(),
            new Patience("charge became final", Duration.ofSeconds(60)))
        .await(Set.copyOf(deliveries.receipts().charges().values()), open -> {});
  }

  private void judge(Arena arena, Verdict verdict, Orders orders, Deliveries deliveries) {
    Set<String> reviewed = new Inquest(arena).hold(verdict, orders.all(), deliveries);
    Records records = arena.records();
    records.sentLaterThan(RETENTION).forEach(verdict::broken);
    List<String> wrong =
        askable ? records.decidableReviews(SETTLED_AFTER, REMEMBERED) : records.undoubtedReviews();
    verdict.figure("  of these provably undecidable", reviewed.size() - wrong.size());
    wrong.forEach(one -> verdict.broken("waits for a person without need: " + one));
  }

  private void exercised(Arena arena, Verdict verdict, Deliveries deliveries, long mismatches) {
    Records records = arena.records();
    verdict.exercised("the same key again", deliveries.counts().replayed());
    verdict.exercised("the same key with another payload", mismatches);
    verdict.exercised("effect, then 500", new Inquest(arena).effectsAnsweredWithAnError());
    if (seconds > SECONDS_BETWEEN_KILLS / 2) {
      verdict.exercised("a lost send taken over", records.takenOver());
    }
    if (askable) {
      verdict.exercised("an unknown charge resolved by look-up", records.foundByLookUp());
    }
    verdict.figure("canceled by key", records.canceledByKey());
  }

  private static void sleepUntil(long nanoTime) {
    long millis = (nanoTime - System.nanoTime()) / 1_000_000;
    if (millis > 0) {
      Patience.sleep(millis);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
