package io.onceledger.bench.scenario;

import io.onceledger.bench.floor.Floor;
import io.onceledger.bench.load.Keys;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.rows.SeededCharges;
import io.onceledger.bench.scenario.Sustained.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same rates with few charges in the tables and with many; what a charge takes on disk. */
final class Growth implements Scenario {
  private static final double LEAST_RATIO = 0.9;

  /** Some thousand entries are sealed in each second. */
  private static final Duration CLOSING = Duration.ofMinutes(60);

  private static final String SIZES =
      """
      SELECT c.relname || ' ' || pg_total_relation_size(c.oid)
      FROM pg_class AS c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND pg_total_relation_size(c.oid) > 1000000
      ORDER BY pg_total_relation_size(c.oid) DESC
      """;

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String purpose() {
    return "Accepts and the full cycle with 1 and with 10 million charges in the tables, put there"
        + " by SQL with all that charges leave, books closed; each in turn with the floor,"
        + " and compared by their ratio to it. And the bytes that a charge takes in all"
        + " tables and indexes.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  /** Medians of one size. */
  private record Rates(double accept, double cycle) {}

  @Override
  public void play(Trial trial, Findings findings) {
    long few = trial.of(1_000_000, 50_000);
    long many = trial.of(10_000_000, 300_000);
    Floor floor = Floor.of(trial.rig());
    trial.say("warming up");
    new Sustained(trial).run(trial.of(30, 6));
    trial.drain();
    put(trial, 1, few);
    Rates young = measure(trial, findings, floor, few);
    put(trial, few + 1, many);
    Rates old = measure(trial, findings, floor, many);
    sizes(trial, findings);
    compare(findings, "accepts", young.accept(), old.accept());
    compare(findings, "cycle", young.cycle(), old.cycle());
    new Audit(trial.rig(), findings).hold(many);
  }

  /** Until the books are closed over them: that is work which belongs to their past. */
  private static void put(Trial trial, long first, long last) {
    SeededCharges.put(trial.rig(), first, last, trial.console());
    String now = new Sustained(trial).now();
    trial.say("waiting for the books to be closed");
    trial.until(
        "the books are closed",
        CLOSING,
        () ->
            trial
                    .rig()
                    .database()
                    .number(
                        "SELECT count(*) FROM closing WHERE closed_until >= ?::timestamptz", now)
                    .intValue()
                == 1);
    trial.rig().database().run("CHECKPOINT");
  }

  private static Rates measure(Trial trial, Findings findings, Floor floor, long charges) {
    List<Double> floors = new ArrayList<>();
    List<Double> accepts = new ArrayList<>();
    List<Double> cycles = new ArrayList<>();
    int seconds = trial.of(20, 4);
    // What is accepted beyond what the worker bears has to be worked off before the next round.
    int accepting = trial.of(10, 4);
    for (int i = 0; i < trial.options().repeat(); i++) {
      floors.add(floor.rate(accepting));
      accepts.add(accept(trial, accepting));
      trial.drain();
      Sustained sustained = new Sustained(trial);
      Seen seen = sustained.run(seconds);
      cycles.add(Sustained.mean(sustained.posted(seen.since(), 1, seconds)));
      trial.drain();
      trial.say(
          "%,d charges: floor %,.0f/s, accept %,.0f/s, cycle %,.0f/s"
              .formatted(charges, floors.get(i), accepts.get(i), cycles.get(i)));
    }
    String at = "at %,d charges, ".formatted(charges);
    findings.figure(at + "floor", "/s", floors);
    findings.figure(at + "accept", "/s", accepts);
    findings.figure(at + "cycle", "/s", cycles);
    Figure accept = findings.figure(at + "accept / floor", "", Ratios.of(accepts, floors));
    Figure cycle = findings.figure(at + "cycle / floor", "", Ratios.of(cycles, floors));
    return new Rates(accept.median(), cycle.median());
  }

  /** The worker sleeps meanwhile. */
  private static double accept(Trial trial, int seconds) {
    trial.rig().pause("worker-1");
    try {
      return trial.loads().run(trial.closed(Keys.fresh(), seconds)).rate();
    } finally {
      trial.rig().resume("worker-1");
    }
  }

  private static void sizes(Trial trial, Findings findings) {
    double charges = trial.rig().database().number("SELECT count(*) FROM charge").doubleValue();
    double all = 0;
    for (String line : trial.rig().database().texts(SIZES)) {
      int blank = line.indexOf(' ');
      double bytes = Double.parseDouble(line.substring(blank + 1));
      all += bytes;
      findings.figure("bytes for a charge: " + line.substring(0, blank), "bytes", bytes / charges);
    }
    findings.figure("bytes for a charge, all tables and indexes", "bytes", all / charges);
  }

  private static void compare(Findings findings, String what, double few, double many) {
    findings.require(
        what + " with many ≥ 0.9 × " + what + " with few, each beside its floor",
        "%.2f".formatted(many / few),
        many / few >= LEAST_RATIO);
  }
}
