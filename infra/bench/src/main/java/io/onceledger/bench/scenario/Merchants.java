package io.onceledger.bench.scenario;

import io.onceledger.bench.load.Keys;
import io.onceledger.bench.report.Chart;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.report.Series;
import io.onceledger.bench.rig.Audit;
import io.onceledger.bench.rows.SeededMerchants;
import io.onceledger.bench.scenario.Sustained.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All charges of one merchant, whose accounts are hot, against those of a thousand. */
final class Merchants implements Scenario {
  private static final int MANY = 1_000;
  private static final double LEAST_RATIO = 0.9;

  @Override
  public String name() {
    return "merchants";
  }

  @Override
  public String purpose() {
    return "The full cycle for one merchant, all of whose charges meet in three balances, in turn"
        + " with the same for a thousand merchants.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public void play(Trial trial, Findings findings) {
    List<String> many = SeededMerchants.put(trial.rig(), MANY);
    List<String> one = List.of(Trial.MERCHANT);
    trial.say("warming up");
    rate(trial, many, trial.of(20, 6));
    rate(trial, one, trial.of(10, 4));
    List<Double> ones = new ArrayList<>();
    List<Double> manys = new ArrayList<>();
    for (int i = 0; i < trial.options().repeat(); i++) {
      ones.add(rate(trial, one, trial.of(30, 5)));
      manys.add(rate(trial, many, trial.of(30, 5)));
      trial.say(
          "one merchant %,.0f/s, %,d merchants %,.0f/s".formatted(ones.get(i), MANY, manys.get(i)));
    }
    findings.figure("one merchant", "/s", ones);
    findings.figure("1,000 merchants", "/s", manys);
    Figure ratio = findings.figure("one merchant / 1,000 merchants", "", Ratios.of(ones, manys));
    findings.require("one merchant ≥ 0.9 × 1,000 merchants", ratio, ratio.median() >= LEAST_RATIO);
    findings.chart(
        new Chart(
            "Posted, in turn",
            "repetition",
            "charges a second",
            List.of(
                Series.numbered("one merchant", ones), Series.numbered("1,000 merchants", manys))));
    new Audit(trial.rig(), findings).hold(0);
  }

  private static double rate(Trial trial, List<String> merchants, int seconds) {
    Sustained sustained = new Sustained(trial);
    Seen seen = sustained.run(Keys.fresh(), seconds, merchants, () -> {});
    double rate = Sustained.mean(sustained.posted(seen.since(), 1, seconds));
    trial.drain();
    return rate;
  }
}
