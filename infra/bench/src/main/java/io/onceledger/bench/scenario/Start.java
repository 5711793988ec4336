package io.onceledger.bench.scenario;

import io.onceledger.bench.load.Keys;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.rig.Audit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How soon each process is ready, and what it has in memory. */
final class Start implements Scenario {
  private static final double MOST_SECONDS = 2;
  private static final double MOST_MEBIBYTES = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> PROCESSES = List.of("api", "worker-1");

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String purpose() {
    return "From the start of a process to its readiness, by killing it and looking for the next"
        + " one; and what each has in memory, idle and under load. PostgreSQL's processes"
        + " share pages and are left out.";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public void play(Trial trial, Findings findings) {
    for (String name : PROCESSES) {
      List<Double> seconds = new ArrayList<>();
      for (int i = 0; i < trial.of(5, 3); i++) {
        seconds.add(restart(trial, name));
        trial.say("%s ready after %.2f s".formatted(name, seconds.get(i)));
      }
      Figure ready = findings.figure(name + ", from start to ready", "s", seconds);
      if (name.equals("api")) {
        findings.require("API ready in ≤ 2 s", ready, ready.median() <= MOST_SECONDS);
      }
    }
    Trial.sleep(2_000);
    Map<String, Double> idle = trial.rig().processes().residentMebibytes();
    trial.say("load for %d s".formatted(trial.of(60, 12)));
    List<Map<String, Double>> under = new ArrayList<>();
    new Sustained(trial)
        .run(
            Keys.fresh(),
            trial.of(60, 12),
            List.of(Trial.MERCHANT),
            () -> {
              Trial.sleep(trial.of(50, 9) * 1_000L);
              under.add(trial.rig().processes().residentMebibytes());
            });
    findings.figures("resident, idle: ", "MiB", List.of(idle));
    findings.figures("resident, under load: ", "MiB", under);
    findings.figures("resident, peak: ", "MiB", List.of(trial.rig().processes().peakMebibytes()));
    for (String name : PROCESSES) {
      double resident = under.get(0).getOrDefault(name, 0.0);
      findings.require(
          name + " ≤ 300 MiB resident under load",
          "%.0f MiB".formatted(resident),
          resident <= MOST_MEBIBYTES);
    }
    trial.drain();
    new Audit(trial.rig(), findings).hold(0);
  }

  /** From when its process is there, which is looked for every few milliseconds. */
  private static double restart(Trial trial, String name) {
    ProcessHandle old = trial.rig().process(name);
    old.destroyForcibly();
    trial.until(
        name + " is started again",
        PATIENCE,
        () -> !old.isAlive() && trial.rig().pid(name) != old.pid());
    long started = System.nanoTime();
    trial.until(name + " is ready", PATIENCE, () -> trial.rig().isReady(name));
    return (System.nanoTime() - started) / 1e9;
  }
}
