package io.onceledger.bench.scenario;

import io.onceledger.bench.load.Keys;
import io.onceledger.bench.load.LoadResult;
import io.onceledger.bench.load.Loads.Clients;
import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Chart.Mark;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.rig.Audit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of two workers killed under load: how soon its messages move again. */
final class Recovery implements Scenario {
  private static final double MOST_SECONDS = 5;

  /** Calls that take long enough that a worker always has some under way. */
  private static final int LATENCY_MILLIS = 200;

  private static final int RATE = 500;
  private static final String VICTIM = "worker-1";

  /**
   * Whoever takes over a lost send records at once that its charge is unknown; a lost look-up is
   * only repeated. Seconds after the kill, and how many.
   */
  private static final String TAKEN_OVER =
      """
      SELECT coalesce(max(extract(epoch FROM e.created_at - ?::timestamptz)), 0), count(*)
      FROM attempt AS a
      JOIN event AS e
        ON e.merchant_id = a.merchant_id AND e.charge_id = a.resource_id AND e.status = 'unknown'
      WHERE a.call = 'send' AND a.outcome = 'ambiguous' AND a.latency_ms IS NULL
        AND e.created_at >= ?::timestamptz
        AND a.claimed_at BETWEEN ?::timestamptz AND ?::timestamptz
      """;

  private static final String CLAIMED =
      "SELECT count(*) FROM outbox_message WHERE claimed_at IS NOT NULL";

  /** Fewer would not show much. */
  private static final int LEAST_CLAIMED = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public String purpose() {
    return "kill -9 of one of two workers while both have calls under way at the processor: seconds"
        + " until the last of its claimed messages moves again, and effects that happened"
        + " twice.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("LEDGER_WORKERS", "2");
  }

  @Override
  public void play(Trial trial, Findings findings) {
    Sustained sustained = new Sustained(trial);
    int kills = trial.of(5, 2);
    int between = trial.of(15, 10);
    int seconds = (kills + 1) * between;
    trial.say("warming up");
    trial.loads().run(trial.open(Keys.fresh(), RATE, 0, trial.of(10, 5)));
    trial.rig().faults("latency_ms", LATENCY_MILLIS);
    String since = sustained.now();
    long begin = System.nanoTime();
    Clients clients = trial.loads().start(trial.open(Keys.fresh(), RATE, 0, seconds));
    List<String> killed = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      Trial.sleep(between * 1_000L);
      trial.until("the workers have work", PATIENCE, () -> areAtWork(trial));
      killed.add(sustained.now());
      marks.add(new Mark("kill -9", (System.nanoTime() - begin) / 1e9));
      trial.say("kill -9 " + VICTIM);
      trial.rig().kill(VICTIM);
    }
    LoadResult result = clients.result();
    trial.rig().faults("latency_ms", 0);
    trial.drain();
    List<Double> slowest = new ArrayList<>();
    List<Double> messages = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      String kill = killed.get(i);
      String before = i == 0 ? "-infinity" : killed.get(i - 1);
      double[] row = trial.rig().database().rows(TAKEN_OVER, 2, kill, kill, before, kill).get(0);
      slowest.add(row[0]);
      messages.add(row[1]);
    }
    findings.figure("its messages, taken over", "", messages);
    Figure recovery = findings.figure("until the last of them moved", "s", slowest);
    findings.figure("accepted meanwhile, p99", "ms", result.latency().p99());
    findings.require("recovery ≤ 5 s, each time", recovery, recovery.most() <= MOST_SECONDS);
    findings.require(
        "the kills met messages under way",
        messages.stream().map(n -> "%.0f".formatted(n)).toList().toString(),
        messages.stream().allMatch(n -> n > 0)
            && messages.stream().anyMatch(n -> n >= LEAST_CLAIMED));
    findings.chart(
        new Chart(
            "Posted, at " + RATE + " new charges a second",
            "seconds",
            "charges a second",
            List.of(Sustained.line("posted", sustained.posted(since, 1, seconds), 1)),
            marks));
    new Audit(trial.rig(), findings).hold(0);
  }

  private static boolean areAtWork(Trial trial) {
    return trial.rig().isReady(VICTIM)
        && trial.rig().database().number(CLAIMED).intValue() >= LEAST_CLAIMED;
  }
}
