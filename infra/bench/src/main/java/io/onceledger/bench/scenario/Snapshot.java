package io.onceledger.bench.scenario;

import io.onceledger.bench.load.Keys;
import io.onceledger.bench.load.LoadResult;
import io.onceledger.bench.load.LoadResult.Window;
import io.onceledger.bench.load.Loads.Clients;
import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Chart.Mark;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.scenario.Sustained.Seen;
import java.util.List;
import java.util.Map;

/** Three minutes in which no dead row can go, at an even rate and at saturation. */
final class Snapshot implements Scenario {
  private static final int RATE = 1_000;
  private static final double MOST_LOSS = 0.1;

  /** Flat: no more than half as much again, or what nobody would notice. */
  private static final double MOST_GROWTH = 1.5;

  private static final double UNNOTICED_MILLIS = 15;

  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public String purpose() {
    return "An old REPEATABLE READ snapshot is held open, so that dead rows pile up in the outbox:"
        + " what that does to the full cycle at 1,000 charges a second, open loop, and at"
        + " saturation.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public void play(Trial trial, Findings findings) {
    int edge = trial.of(60, 8);
    int held = trial.of(180, 20);
    trial.say("warming up");
    new Sustained(trial).run(trial.of(20, 8));
    trial.drain();
    even(trial, findings, edge, held);
    trial.drain();
    saturated(trial, findings, edge, held);
    trial.drain();
    new Audit(trial.rig(), findings).hold(0);
  }

  private static void even(Trial trial, Findings findings, int edge, int held) {
    Sustained sustained = new Sustained(trial);
    int seconds = edge + held + edge;
    String since = sustained.now();
    trial.say(
        "1,000 a second; the snapshot is held from %d s to %d s".formatted(edge, edge + held));
    Clients clients = trial.loads().start(trial.open(Keys.fresh(), RATE, 0, seconds));
    hold(trial, edge, held);
    LoadResult result = clients.result();
    List<Double> posted = sustained.posted(since, 1, seconds);
    // The generator takes a second or two until its first request.
    Rates rates = Rates.of(posted, 3, edge, held);
    double before = p99(result, 2, edge);
    double during = p99(result, edge, edge + held);
    double after = p99(result, edge + held + 2, seconds);
    rates.tell(findings, "posted at 1,000/s, ");
    findings.figure("accepted at 1,000/s, median of each second's p99, before", "ms", before);
    findings.figure("accepted at 1,000/s, median of each second's p99, while held", "ms", during);
    findings.figure("accepted at 1,000/s, median of each second's p99, after", "ms", after);
    findings.require(
        "≤ 10 % loss of rate at 1,000/s",
        "%.1f %%".formatted(rates.loss() * 100), rates.loss() <= MOST_LOSS);
    findings.require(
        "flat p99 at 1,000/s",
        "%.1f ms before, %.1f ms while held".formatted(before, during),
        during <= Math.max(before * MOST_GROWTH, UNNOTICED_MILLIS));
    List<Mark> marks = List.of(new Mark("held", edge), new Mark("let go", (double) edge + held));
    findings.chart(
        new Chart(
            "Posted at 1,000 new charges a second",
            "seconds",
            "charges a second",
            List.of(Sustained.line("posted", posted, 1)),
            marks));
    findings.chart(
        new Chart(
            "Answers at 1,000 a second",
            "seconds",
            "milliseconds, p99 of each second",
            List.of(OpenLoop.line("p99", result, window -> window.latency().p99())),
            marks));
  }

  private static void saturated(Trial trial, Findings findings, int edge, int held) {
    Sustained sustained = new Sustained(trial);
    int seconds = edge + held + edge;
    trial.say("at saturation; the snapshot is held from %d s to %d s".formatted(edge, edge + held));
    Seen seen =
        sustained.run(
            Keys.fresh(), seconds, List.of(Trial.MERCHANT), () -> hold(trial, edge, held));
    List<Double> posted = sustained.posted(seen.since(), 1, seconds);
    Rates rates = Rates.of(posted, 1, edge, held);
    rates.tell(findings, "posted at saturation, ");
    findings.remark(
        "At saturation it is held against the peers, see infra/bench/peers: loss here %.1f %%."
            .formatted(rates.loss() * 100));
    findings.chart(
        new Chart(
            "Posted at saturation",
            "seconds",
            "charges a second",
            List.of(Sustained.line("posted", posted, 1)),
            List.of(new Mark("held", edge), new Mark("let go", (double) edge + held))));
  }

  private static void hold(Trial trial, int edge, int held) {
    Trial.sleep(edge * 1_000L);
    trial.say("an old snapshot is held");
    HeldSnapshot.hold(trial, held);
    trial.say("let go");
  }

  /** Not a number if nothing was accepted: then nothing is flat, either. */
  private static double p99(LoadResult result, int from, int to) {
    List<Double> seconds =
        result.windows().stream()
            .filter(window -> window.second() >= from && window.second() < to)
            .filter(window -> window.accepted() > 0)
            .map((Window window) -> window.latency().p99())
            .toList();
    return seconds.isEmpty() ? Double.NaN : Ratios.median(seconds);
  }

  /** Charges a second, before, while held and after. */
  private record Rates(double before, double during, double after) {
    static Rates of(List<Double> posted, int start, int edge, int held) {
      return new Rates(
          Sustained.mean(posted.subList(start, edge)),
          // A second for the snapshot to be taken.
          Sustained.mean(posted.subList(edge + 1, edge + held)),
          Sustained.mean(posted.subList(edge + held + 1, posted.size() - 2)));
    }

    double loss() {
      return 1 - during / before;
    }

    void tell(Findings findings, String prefix) {
      findings.figure(prefix + "before", "/s", before);
      findings.figure(prefix + "while held", "/s", during);
      findings.figure(prefix + "after", "/s", after);
    }
  }
}
