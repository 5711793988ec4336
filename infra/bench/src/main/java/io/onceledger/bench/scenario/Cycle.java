package io.onceledger.bench.scenario;

import io.onceledger.bench.floor.Floor;
import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.rig.Meter;
import io.onceledger.bench.scenario.Sustained.Seen;
import java.util.List;
import java.util.Map;

/** Accepted, sent to the processor over HTTP, posted to balanced books: for minutes. */
final class Cycle implements Scenario {
  private static final double LEAST_RATIO = 0.5;
  private static final double MOST_CHANGE = 0.05;

  /** A queue longer than ten seconds of work would be one that grows. */
  private static final int MOST_SECONDS_BEHIND = 10;

  @Override
  public String name() {
    return "cycle";
  }

  @Override
  public String purpose() {
    return "The whole way of a charge: accepted over HTTP, claimed, sent to the mock processor over"
        + " HTTP, posted with attempt, event, entries and balances. Clients hold back while"
        + " the outbox is long, so that the rate is what the whole can sustain; the floor is"
        + " measured before and after.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public void play(Trial trial, Findings findings) {
    int seconds = trial.options().seconds();
    int window = seconds >= 120 ? 10 : 2;
    int edge = seconds >= 120 ? 60 : 10;
    Floor floor = Floor.of(trial.rig());
    Sustained sustained = new Sustained(trial);
    trial.say("warming up");
    sustained.run(trial.of(120, 10));
    trial.drain();
    double before = floor.rate(trial.of(10, 4));
    trial.say("floor %,.0f/s; sustained load for %d s".formatted(before, seconds));
    Meter meter = Meter.start(trial.rig());
    Seen seen = sustained.run(seconds);
    List<Double> rates = sustained.posted(seen.since(), window, seconds);
    long posted = (long) (Sustained.mean(rates) * seconds);
    double written = meter.writtenBytes(posted);
    Map<String, Double> cpu = meter.cpuMicros(posted);
    trial.drain();
    double after = floor.rate(trial.of(10, 4));
    tell(findings, seen, rates, List.of(before, after), edge / window, window);
    findings.figure("write-ahead log for a charge", "bytes", written);
    findings.figures("CPU for a charge: ", "µs", List.of(cpu));
    new Audit(trial.rig(), findings).hold(0);
  }

  private static void tell(
      Findings findings, Seen seen, List<Double> rates, List<Double> floors, int edge, int window) {
    Figure floor = findings.figure("floor, before and after", "/s", floors);
    double rate = Sustained.mean(rates);
    double first = Sustained.mean(rates.subList(0, edge));
    double last = Sustained.mean(rates.subList(rates.size() - edge, rates.size()));
    findings.figure("posted, sustained", "/s", rate);
    findings.figure("posted, in each " + window + " s", "/s", rates);
    Figure ratio = findings.figure("posted / floor", "", rate / floor.median());
    findings.figure("first " + edge * window + " s", "/s", first);
    findings.figure("last " + edge * window + " s", "/s", last);
    findings.figure("longest outbox", "messages", seen.deepest());
    findings.figure(
        "answers to clients, p99, pauses not counted", "ms", seen.clients().latency().p99());
    findings.require("cycle ≥ 0.5 × floor, sustained", ratio, ratio.median() >= LEAST_RATIO);
    findings.require(
        "the last " + edge * window + " s within 5 % of the first",
        "%+.1f %%".formatted((last / first - 1) * 100),
        Math.abs(last / first - 1) <= MOST_CHANGE);
    findings.require(
        "the outbox never holds more than " + MOST_SECONDS_BEHIND + " s of work",
        "%,.0f messages".formatted(seen.deepest()),
        seen.deepest() <= rate * MOST_SECONDS_BEHIND);
    findings.chart(
        new Chart(
            "Posted",
            "seconds",
            "charges a second",
            List.of(Sustained.line("posted", rates, window))));
    findings.chart(new Chart("Outbox", "seconds", "messages", List.of(seen.depths())));
  }
}
