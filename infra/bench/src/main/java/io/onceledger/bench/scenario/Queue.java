package io.onceledger.bench.scenario;

import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.rows.SeededMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What has piled up, worked off by one worker: the part that job queues can be compared with. */
final class Queue implements Scenario {
  private static final int LATENCY_MILLIS = 20;

  /** From the first claim to the last outcome, by the database's clock. */
  private static final String LASTED =
      """
      SELECT extract(epoch FROM max(ended_by) - min(claimed_at)), count(*)
      FROM (
        SELECT min(a.claimed_at) AS claimed_at, max(e.created_at) AS ended_by
        FROM attempt AS a
        JOIN event AS e ON e.merchant_id = a.merchant_id AND e.charge_id = a.resource_id
        WHERE a.claimed_at >= ?::timestamptz
        GROUP BY a.merchant_id, a.resource_id
      ) AS message
      """;

  @Override
  public String name() {
    return "queue";
  }

  @Override
  public String purpose() {
    return "Messages that SQL has put there, worked off by one worker, each with its call over"
        + " HTTP, its attempt, event, entries and balances: with a processor that answers at"
        + " once, and with one that takes 20 ms. The peers (infra/bench/peers) do the same"
        + " with jobs, without books.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public void play(Trial trial, Findings findings) {
    trial.say("warming up");
    new Sustained(trial).run(trial.of(20, 6));
    trial.drain();
    burn(trial, findings, 0, trial.of(200_000, 20_000), 0);
    burn(trial, findings, 1, trial.of(50_000, 10_000), LATENCY_MILLIS);
    new Audit(trial.rig(), findings).hold(0);
  }

  private static void burn(
      Trial trial, Findings findings, int round, int messages, int latencyMillis) {
    Sustained sustained = new Sustained(trial);
    trial.rig().faults("latency_ms", latencyMillis);
    trial.rig().pause("worker-1");
    String since;
    try {
      SeededMessages.put(trial.rig(), round, messages);
      since = sustained.now();
    } finally {
      trial.rig().resume("worker-1");
    }
    trial.drain();
    double[] row = trial.rig().database().rows(LASTED, 2, since).get(0);
    double rate = row[1] / row[0];
    String name = "%,d messages, processor takes %d ms".formatted(messages, latencyMillis);
    trial.say("%s: %,.0f/s".formatted(name, rate));
    findings.figure(name + ": burn-down", "/s", rate);
    findings.require(name + ": all were worked off", "%,.0f".formatted(row[1]), row[1] == messages);
    List<Double> posted = new ArrayList<>(sustained.posted(since, 1, (int) Math.ceil(row[0]) + 1));
    findings.chart(
        new Chart(name, "seconds", "a second", List.of(Sustained.line("posted", posted, 1))));
  }
}
