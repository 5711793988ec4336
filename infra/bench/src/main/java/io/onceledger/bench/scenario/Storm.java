package io.onceledger.bench.scenario;

import io.onceledger.bench.load.Keys;
import io.onceledger.bench.load.LoadResult;
import io.onceledger.bench.load.LoadResult.Window;
import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.scenario.Sustained.Seen;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Clients that repeat themselves, all at once. */
final class Storm implements Scenario {
  private static final int REPEATS_PERCENT = 15;

  private static final String REPLAYED = "SELECT coalesce(sum(replays), 0) FROM key_repeat";

  private static final String DELIVERIES =
      "SELECT coalesce(sum(deliveries), 0) FROM delivery_tally";

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public String purpose() {
    return "15 % of all deliveries are repeats of recent keys, and all of them come in one second"
        + " out of five, while the full cycle runs at half of what it can sustain.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public void play(Trial trial, Findings findings) {
    Sustained sustained = new Sustained(trial);
    trial.say("looking for the sustained rate");
    int calibration = trial.of(40, 12);
    Seen seen = sustained.run(calibration);
    List<Double> posted = sustained.posted(seen.since(), 1, calibration);
    // Its second half, when the JVMs are warm; some, on a machine that can do next to nothing.
    int rate = (int) Math.max(50, Sustained.mean(posted.subList(calibration / 2, calibration)) / 2);
    trial.drain();
    long before = trial.rig().database().number(REPLAYED).longValue();
    long delivered = trial.rig().database().number(DELIVERIES).longValue();
    trial.say("%,d deliveries a second, repeats in bursts".formatted(rate));
    LoadResult result =
        trial
            .loads()
            .run(
                trial.open(
                    Keys.bursts(REPEATS_PERCENT), rate, trial.of(15, 10), trial.of(120, 15)));
    trial.drain();
    long replayed = trial.rig().database().number(REPLAYED).longValue() - before;
    delivered = trial.rig().database().number(DELIVERIES).longValue() - delivered;
    int warmup = trial.of(15, 10);
    Predicate<Window> inBurst =
        window -> (window.second() + warmup) % Keys.BURST_EVERY_SECONDS == 0;
    OpenLoop.tell(findings, "deliveries", result);
    findings.figure("p99 in seconds with repeats, median", "ms", p99(result, inBurst));
    findings.figure("p99 in seconds without, median", "ms", p99(result, inBurst.negate()));
    findings.figure("replays counted", "", (double) replayed);
    findings.figure("replays / deliveries", "", (double) replayed / delivered);
    findings.require(
        "every delivery is accepted",
        "%,d refused, %,d without an answer at the end"
            .formatted(result.refused(), result.failed()),
        result.allAnswered());
    findings.require(
        "repeats came in numbers, and were replays", "%,d".formatted(replayed), replayed > rate);
    findings.chart(
        new Chart(
            "Answers, repeats in one second out of five",
            "seconds",
            "milliseconds from when a request was due",
            List.of(
                OpenLoop.line("p50", result, window -> window.latency().p50()),
                OpenLoop.line("p99", result, window -> window.latency().p99()))));
    new Audit(trial.rig(), findings).hold(0);
  }

  private static double p99(LoadResult result, Predicate<Window> which) {
    return Ratios.median(
        result.windows().stream()
            .filter(window -> window.accepted() > 0)
            .filter(which)
            .map(window -> window.latency().p99())
            .toList());
  }
}
