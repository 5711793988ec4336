package io.onceledger.bench.rig;

import java.util.Map;
import java.util.TreeMap;

/** What charges cost: log and CPU between two looks. */
public final class Meter {
  private final Rig rig;
  private final double written;
  private final Map<String, Double> cpuSeconds;

  private Meter(Rig rig) {
    this.rig = rig;
    this.written = rig.database().written();
    this.cpuSeconds = rig.processes().cpuSeconds();
  }

  public static Meter start(Rig rig) {
    return new Meter(rig);
  }

  /** Bytes of write-ahead log for each, since the start. */
  public double writtenBytes(long charges) {
    return (rig.database().written() - written) / Math.max(1, charges);
  }

  /** Microseconds of CPU for each since the start, by process and in all. */
  public Map<String, Double> cpuMicros(long charges) {
    Map<String, Double> micros = new TreeMap<>();
    double all = 0;
    for (var now : rig.processes().cpuSeconds().entrySet()) {
      double used =
          (now.getValue() - cpuSeconds.getOrDefault(now.getKey(), 0.0))
              * 1e6
              / Math.max(1, charges);
      micros.put(now.getKey(), used);
      all += used;
    }
    micros.put("in all", all);
    return micros;
  }
}
