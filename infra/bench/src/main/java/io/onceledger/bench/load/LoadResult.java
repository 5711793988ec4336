package io.onceledger.bench.load;

import java.util.List;

/**
 * What clients saw.
 *
 * @param accepted answers of 2xx
 * @param refused other answers
 * @param failed requests without an answer, and in open loop those that were due and never sent
 * @param latency in open loop from the moment when the request was due, whatever kept it from being
 *     sent; in closed loop from its sending
 * @param fromSending in open loop from the sending, as Hyperfoil measures
 * @param windows one for each second; open loop only
 */
public record LoadResult(
    double seconds,
    long accepted,
    long refused,
    long failed,
    Latency latency,
    Latency fromSending,
    List<Window> windows) {

  /** Milliseconds. */
  public record Latency(double p50, double p99, double p999, double most) {}

  /**
   * Requests that were due in one second.
   *
   * @param second since the end of warming up
   */
  public record Window(int second, long accepted, Latency latency) {}

  public LoadResult {
    windows = List.copyOf(windows);
  }

  /**
   * Whether nothing was refused and what was due was answered. The end of a run cuts off what was
   * due last: a thousandth, at most.
   */
  public boolean allAnswered() {
    return refused == 0 && failed * 1_000 <= accepted;
  }

  /** Accepted each second. */
  public double rate() {
    return accepted / seconds;
  }
}
