package io.onceledger.peers;

import java.util.Arrays;
import java.util.Optional;

/** What can be measured. */
enum Scenario {
  BURN_DOWN("burn-down", new Drain("noop", 200_000)),
  PROCESSOR("processor", new Drain("processor", 50_000)),
  SNAPSHOT("snapshot", new HeldSnapshot()),
  KILL("kill", new Kill()),
  /** As {@link #KILL}, with the settings that a peer has if nobody sets them. */
  KILL_DEFAULTS("kill-defaults", new Kill());

  private final String label;
  private final Measurement measurement;

  Scenario(String label, Measurement measurement) {
    this.label = label;
    this.measurement = measurement;
  }

  String label() {
    return label;
  }

  Measurement measurement() {
    return measurement;
  }

  static Optional<Scenario> labelled(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }
}
