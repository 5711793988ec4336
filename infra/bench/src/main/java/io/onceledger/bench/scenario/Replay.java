package io.onceledger.bench.scenario;

import io.onceledger.bench.floor.Floor;
import io.onceledger.bench.load.Keys;
import io.onceledger.bench.load.LoadResult;
import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.report.Series;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.rig.Meter;
import io.onceledger.bench.rows.SeededCharges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keys that were sent before: one over and over, and any of very many. */
final class Replay implements Scenario {
  private static final double LEAST_RATIO = 1.5;

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String purpose() {
    return "Deliveries of keys that were sent before, each counted and answered with the first"
        + " receipt: one key over and over, and uniformly any of millions that SQL has put there."
        + " No worker runs.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("LEDGER_WORKERS", "0");
  }

  @Override
  public void play(Trial trial, Findings findings) {
    long count = trial.options().keys();
    SeededCharges.put(trial.rig(), 1, count, trial.console());
    Floor floor = Floor.of(trial.rig());
    int seconds = trial.of(10, 3);
    trial.warmUp(Keys.one());
    // For the pages: the server keeps in memory what it has room for, once it has read it.
    trial.warmUp(Keys.old(count));
    List<Double> floors = new ArrayList<>();
    List<Double> ones = new ArrayList<>();
    List<Double> olds = new ArrayList<>();
    List<Double> written = new ArrayList<>();
    List<Double> refused = new ArrayList<>();
    List<Map<String, Double>> cpu = new ArrayList<>();
    for (int i = 0; i < trial.options().repeat(); i++) {
      floors.add(floor.rate(seconds));
      LoadResult one = trial.loads().run(trial.closed(Keys.one(), seconds));
      ones.add(one.rate());
      Meter meter = Meter.start(trial.rig());
      LoadResult old = trial.loads().run(trial.closed(Keys.old(count), seconds));
      olds.add(old.rate());
      written.add(meter.writtenBytes(old.accepted()));
      cpu.add(meter.cpuMicros(old.accepted()));
      refused.add((double) one.refused() + one.failed() + old.refused() + old.failed());
      trial.say(
          "floor %,.0f/s, one key %,.0f/s, old keys %,.0f/s"
              .formatted(floors.get(i), ones.get(i), olds.get(i)));
    }
    findings.figure("keys in the table", "", (double) count);
    findings.figure("floor", "/s", floors);
    findings.figure("one key", "/s", ones);
    findings.figure("old keys", "/s", olds);
    Figure one = findings.figure("one key / floor", "", Ratios.of(ones, floors));
    Figure old = findings.figure("old keys / floor", "", Ratios.of(olds, floors));
    findings.figure("answers other than 2xx", "", refused);
    findings.figure("write-ahead log for a replay of an old key", "bytes", written);
    findings.figures("CPU for a replay of an old key: ", "µs", cpu);
    findings.require("replays of one key ≥ 1.5 × floor", one, one.median() >= LEAST_RATIO);
    findings.require(
        "replays of any of %,d keys ≥ 1.5 × floor".formatted(count),
        old,
        old.median() >= LEAST_RATIO);
    findings.chart(
        new Chart(
            "Replays and floor, in turn",
            "repetition",
            "a second",
            List.of(
                Series.numbered("one key", ones),
                Series.numbered("old keys", olds),
                Series.numbered("floor", floors))));
    new Audit(trial.rig(), findings).hold(count);
  }
}
