package io.onceledger.bench.load;

import io.onceledger.bench.load.LoadResult.Latency;
import io.onceledger.bench.load.LoadResult.Window;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * When each request was due, and how long after that its answer was there. The n-th is due n steps
 * after the first; the earliest beginning during the warm-up, less its steps, is when the first
 * was.
 *
 * <p>In closed loop a request is due when its connection is free. Used by one thread.
 */
final class Timetable {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e6;

  /** Three digits: 0.1 % of what is measured. */
  private static final int DIGITS = 3;

  private final Load load;
  private final long[] begunAt;
  private final int[] statuses;
  private final Histogram latency = new Histogram(DIGITS);
  private final Histogram fromSending = new Histogram(DIGITS);
  private final List<Histogram> windows = new ArrayList<>();
  private long base = Long.MAX_VALUE;
  private long begun;
  private long accepted;
  private long refused;

  Timetable(Load load, int sessions) {
    this.load = load;
    this.begunAt = new long[sessions + 1];
    this.statuses = new int[sessions + 1];
    for (int i = 0; i < load.seconds(); i++) {
      windows.add(new Histogram(DIGITS));
    }
  }

  /**
   * A request is about to be sent.
   *
   * @param session its number; one request at a time has it
   * @param place how many were due before it
   * @param now nanoseconds of a clock that only goes forward, as in {@link #completed}
   */
  void begun(int session, long place, long now) {
    begunAt[session] = now;
    statuses[session] = 0;
    base = Math.min(base, load.rate() == 0 ? now : now - sinceFirst(place));
    if (counts(due(session, place))) {
      begun++;
    }
  }

  void status(int session, int status) {
    statuses[session] = status;
  }

  void completed(int session, long place, long now) {
    long due = due(session, place);
    // A closed loop's rate is that of answers; an open loop's figures are those of what was due.
    if (!counts(load.rate() == 0 ? now : due)) {
      return;
    }
    if (statuses[session] / 100 == 2) {
      accepted++;
      latency.recordValue(Math.max(0, now - due));
      fromSending.recordValue(now - begunAt[session]);
      windows.get(second(load.rate() == 0 ? now : due)).recordValue(Math.max(0, now - due));
    } else {
      refused++;
    }
  }

  LoadResult result() {
    List<Window> told = new ArrayList<>();
    for (int second = 0; second < windows.size(); second++) {
      Histogram window = windows.get(second);
      told.add(new Window(second, window.getTotalCount(), percentiles(window)));
    }
    long due = load.rate() == 0 ? begun : (long) load.rate() * load.seconds();
    return new LoadResult(
        load.seconds(),
        accepted,
        refused,
        Math.max(0, load.rate() == 0 ? 0 : due - accepted - refused),
        percentiles(latency),
        percentiles(fromSending),
        told);
  }

  private long due(int session, long place) {
    return load.rate() == 0 ? begunAt[session] : base + sinceFirst(place);
  }

  private long sinceFirst(long place) {
    return (long) (place * (NANOS / load.rate()));
  }

  private boolean counts(long at) {
    long since = at - base - (long) (load.warmupSeconds() * NANOS);
    return since >= 0 && since < load.seconds() * NANOS;
  }

  private int second(long at) {
    return (int) ((at - base) / NANOS) - load.warmupSeconds();
  }

  private static Latency percentiles(Histogram histogram) {
    return new Latency(
        histogram.getValueAtPercentile(50) / MILLIS,
        histogram.getValueAtPercentile(99) / MILLIS,
        histogram.getValueAtPercentile(99.9) / MILLIS,
        histogram.getMaxValue() / MILLIS);
  }
}
