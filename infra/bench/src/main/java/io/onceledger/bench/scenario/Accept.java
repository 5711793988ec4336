package io.onceledger.bench.scenario;

import static java.util.stream.Collectors.toList;

import io.onceledger.bench.floor.Floor;
import io.onceledger.bench.load.Keys;
import io.onceledger.bench.load.LoadResult;
import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.report.Series;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.rig.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** New charges, durable before the answer, in turn with the floor; then half as many, on time. */
final class Accept implements Scenario {
  private static final double LEAST_RATIO = 1.5;
  private static final double MOST_P99_MILLIS = 15;

  @Override
  public String name() {
    return "accept";
  }

  @Override
  public String purpose() {
    return "New keys over HTTP, answered when they are on disk, in turn with the floor; then open"
        + " loop at half of that rate, latencies counted from the moment when each request"
        + " was due. No worker runs.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("LEDGER_WORKERS", "0");
  }

  @Override
  public void play(Trial trial, Findings findings) {
    Floor floor = Floor.of(trial.rig());
    int seconds = trial.of(10, 4);
    trial.warmUp(Keys.fresh());
    List<Double> floors = new ArrayList<>();
    List<LoadResult> results = new ArrayList<>();
    List<Double> written = new ArrayList<>();
    List<Map<String, Double>> cpu = new ArrayList<>();
    for (int i = 0; i < trial.options().repeat(); i++) {
      floors.add(floor.rate(seconds));
      Meter meter = Meter.start(trial.rig());
      LoadResult result = trial.loads().run(trial.closed(Keys.fresh(), seconds));
      results.add(result);
      written.add(meter.writtenBytes(result.accepted()));
      cpu.add(meter.cpuMicros(result.accepted()));
      trial.say("floor %,.0f/s, accept %,.0f/s".formatted(floors.get(i), result.rate()));
    }
    List<Double> rates = results.stream().map(LoadResult::rate).collect(toList());
    findings.remark(
        "Floor: "
            + floor.how()
            + ". Closed loop: "
            + Trial.CONNECTIONS
            + " connections, "
            + (trial.loads().hasWrk() ? "wrk." : "Hyperfoil."));
    findings.figure("floor", "/s", floors);
    findings.figure("accept", "/s", rates);
    Figure ratio = findings.figure("accept / floor", "", Ratios.of(rates, floors));
    findings.figure("closed loop, p50", "ms", latencies(results, r -> r.latency().p50()));
    findings.figure("closed loop, p99", "ms", latencies(results, r -> r.latency().p99()));
    findings.figure(
        "answers other than 2xx", "", latencies(results, r -> r.refused() + r.failed()));
    findings.figure("write-ahead log for a charge", "bytes", written);
    findings.figures("CPU for a charge: ", "µs", cpu);
    findings.require("accept ≥ 1.5 × floor", ratio, ratio.median() >= LEAST_RATIO);
    findings.chart(
        new Chart(
            "Accept and floor, in turn",
            "repetition",
            "charges a second",
            List.of(Series.numbered("accept", rates), Series.numbered("floor", floors))));
    onTime(trial, findings, (int) (Ratios.median(rates) / 2));
    new Audit(trial.rig(), findings).hold(0);
  }

  /**
   * After a checkpoint, which is due anyway: the closed loops have left two gigabytes of log, and
   * whether the next one began within half a minute would be a matter of chance.
   */
  private static void onTime(Trial trial, Findings findings, int rate) {
    trial.rig().database().run("CHECKPOINT");
    trial.say("open loop at %,d/s".formatted(rate));
    LoadResult result =
        trial.loads().run(trial.open(Keys.fresh(), rate, trial.of(10, 4), trial.of(30, 8)));
    trial.say(
        "  p50 %.1f, p99 %.1f, p99.9 %.1f ms"
            .formatted(result.latency().p50(), result.latency().p99(), result.latency().p999()));
    OpenLoop.tell(findings, "open loop at half the rate", result);
    findings.require(
        "p99 ≤ 15 ms at half of that rate, open loop",
        "%.1f ms at %,d/s".formatted(result.latency().p99(), rate),
        result.latency().p99() <= MOST_P99_MILLIS && result.allAnswered());
    findings.chart(
        new Chart(
            "Open loop at half the rate",
            "seconds",
            "milliseconds from when a request was due",
            List.of(
                OpenLoop.line("p50", result, window -> window.latency().p50()),
                OpenLoop.line("p99", result, window -> window.latency().p99()))));
  }

  private static List<Double> latencies(
      List<LoadResult> results, ToDoubleFunction<LoadResult> figure) {
    return results.stream().map(figure::applyAsDouble).collect(toList());
  }
}
