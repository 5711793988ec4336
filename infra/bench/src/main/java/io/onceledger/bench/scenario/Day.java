package io.onceledger.bench.scenario;

import io.onceledger.bench.floor.Floor;
import io.onceledger.bench.load.Keys;
import io.onceledger.bench.load.LoadResult;
import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.report.Series;
import io.onceledger.bench.report.Series.Point;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.scenario.Sustained.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A day's events as fast as they go, from the clients to balanced books, with what goes wrong. */
final class Day implements Scenario {
  private static final double LEAST_RATIO = 0.4;
  private static final int REPEATS_PERCENT = 15;

  /** Deliveries that a client had under way when it ended, and did not count. */
  private static final int UNDER_WAY = 128;

  private static final String UNFINISHED =
      "SELECT count(*) FROM charge WHERE status NOT IN ('succeeded', 'declined', 'canceled')";

  private static final String DELIVERED = "SELECT coalesce(sum(deliveries), 0) FROM delivery_tally";

  @Override
  public String name() {
    return "day";
  }

  @Override
  public String purpose() {
    return "Millions of deliveries, 15 % of them repeats, to a processor that loses, delays,"
        + " garbles and repeats what it says in six calls of a hundred: from the first"
        + " delivery until every charge is final, nothing lost, nothing double, books"
        + " balanced.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "LEDGER_PROCESSOR_CALL_TIMEOUT", "2s",
        "LEDGER_PROCESSOR_PROFILE_SETTLE_TIME", "1s",
        "LEDGER_PROCESSOR_PROFILE_KEY_RETENTION", "10m");
  }

  @Override
  public void play(Trial trial, Findings findings) {
    long events = trial.options().events();
    Floor floor = Floor.of(trial.rig());
    Sustained sustained = new Sustained(trial);
    trial.say("warming up");
    sustained.run(trial.of(30, 8));
    trial.drain();
    double before = floor.rate(trial.of(10, 4));
    faults(trial);
    long delivered = trial.rig().database().number(DELIVERED).longValue();
    String since = sustained.now();
    long begin = System.nanoTime();
    Tally tally = new Tally();
    while (tally.accepted < events) {
      // No rate is known at first; ten seconds of the highest are no harm at the end.
      Seen seen =
          sustained.run(
              Keys.repeats(REPEATS_PERCENT), trial.of(60, 10), List.of(Trial.MERCHANT), () -> {});
      tally.add(seen, (System.nanoTime() - begin) / 1e9);
      trial.say("%,d of %,d deliveries".formatted(tally.accepted, events));
    }
    trial.drain();
    double seconds = (System.nanoTime() - begin) / 1e9;
    trial.rig().faults("lost_ack_rate", 0);
    double after = floor.rate(trial.of(10, 4));
    delivered = trial.rig().database().number(DELIVERED).longValue() - delivered;
    tell(trial, findings, tally, delivered, seconds, List.of(before, after));
    int window = Math.max(1, (int) (seconds / 100));
    findings.chart(
        new Chart(
            "Posted",
            "seconds",
            "charges a second",
            List.of(
                Sustained.line("posted", sustained.posted(since, window, (int) seconds), window))));
    findings.chart(
        new Chart("Outbox", "seconds", "messages", List.of(new Series("messages", tally.depths))));
    new Audit(trial.rig(), findings).hold(0);
  }

  private static void tell(
      Trial trial,
      Findings findings,
      Tally tally,
      long delivered,
      double seconds,
      List<Double> floors) {
    Figure floor = findings.figure("floor, before and after", "/s", floors);
    findings.figure("deliveries accepted", "", (double) tally.accepted);
    findings.figure("other answers, or none", "", (double) tally.others);
    findings.figure("from the first delivery until all was final", "s", seconds);
    findings.figure("deliveries a second, end to end", "/s", tally.accepted / seconds);
    Figure ratio =
        findings.figure("end to end / floor", "", tally.accepted / seconds / floor.median());
    long unfinished = trial.rig().database().number(UNFINISHED).longValue();
    findings.require("≥ 0.4 × floor, end to end", ratio, ratio.median() >= LEAST_RATIO);
    findings.require("every charge is final", unfinished + " are not", unfinished == 0);
    findings.require(
        "every accepted delivery is counted, and no more than were sent",
        "%,d accepted, %,d counted".formatted(tally.accepted, delivered),
        delivered >= tally.accepted
            && delivered <= tally.accepted + tally.others + (long) UNDER_WAY * tally.slices);
  }

  private static void faults(Trial trial) {
    trial
        .rig()
        .faults(
            "decline_rate", 0.03,
            "error_before_effect_rate", 0.01,
            "error_after_effect_rate", 0.01,
            "lost_ack_rate", 0.01,
            "drop_rate", 0.001,
            "garbage_rate", 0.005,
            "rate_limit_rate", 0.02,
            "notification_duplicate_rate", 0.01,
            "notification_reorder_rate", 0.01,
            "key_retention_seconds", 600);
  }

  /** What the clients of all slices were told. */
  private static final class Tally {
    private final List<Point> depths = new ArrayList<>();
    private long accepted;
    private long others;
    private int slices;

    void add(Seen seen, double end) {
      LoadResult result = seen.clients();
      accepted += result.accepted();
      others += result.refused() + result.failed();
      slices++;
      double last = seen.depths().points().get(seen.depths().points().size() - 1).x();
      seen.depths().points().forEach(p -> depths.add(new Point(end - last + p.x(), p.y())));
    }
  }
}
