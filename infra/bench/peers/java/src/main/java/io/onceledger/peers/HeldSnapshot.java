package io.onceledger.peers;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One process enqueues, one works, and a third party holds an old snapshot open: no row that dies
 * meanwhile can be removed. Measured before, during and after, at a steady 1,000 jobs a second and
 * with a backlog that never runs out.
 */
final class HeldSnapshot implements Measurement {
  private static final int STEADY_PER_SECOND = 1000;

  private static final int REFILL = 1000;
  private static final long TICK_MILLIS = 100;
  private static final long STEADY_PER_TICK = STEADY_PER_SECOND * TICK_MILLIS / 1000;

  /** Enough for compilers and caches to warm up. */
  private static final long WARM_UP_SECONDS = 10;

  @Override
  public List<Map<String, Object>> measure(Stage stage) throws IOException, SQLException {
    WorkerProcess enqueuer = stage.startProcess();
    enqueuer.command("setup");
    return List.of(
        measure(stage, new Steady(enqueuer), stage.startProcess()),
        measure(stage, saturation(stage, enqueuer), stage.startProcess()));
  }

  private static Load saturation(Stage stage, WorkerProcess enqueuer) throws IOException {
    int backlog = stage.options().jobs().orElse(stage.peer().backlog());
    enqueuer.command("enqueue " + backlog + " noop");
    return new Saturation(enqueuer, backlog);
  }

  private static Map<String, Object> measure(Stage stage, Load load, WorkerProcess worker)
      throws IOException, SQLException {
    stage.database().settle();
    worker.command("work");
    Map<String, Object> figures = figures(stage, load, worker);
    worker.close();
    return figures;
  }

  private static Map<String, Object> figures(Stage stage, Load load, WorkerProcess worker)
      throws IOException, SQLException {
    long hold = stage.options().hold().toSeconds();
    long around = Math.max(2, hold / 4);
    load.carry(Math.min(hold, WARM_UP_SECONDS), worker);
    Window before = window(load, around, worker);
    Window during;
    Window end;
    try (Connection holder = stage.database().connect()) {
      hold(holder);
      Window beginning = window(load, hold - around, worker);
      end = window(load, around, worker);
      during = beginning.to(end);
    }
    Window after = window(load, around, worker);

    List<WorkerProcess.Tick> ticks = worker.ticks();
    double rate = before.rate(ticks);
    return new Figures("% lost", lost(during.rate(ticks), load.expected(during, rate)))
        .with("load", load.name())
        .with("held_seconds", hold)
        .with("loss_at_end", lost(end.rate(ticks), load.expected(end, rate)))
        .with("enqueued_per_second", Math.round(during.enqueuedPerSecond()))
        .with("rate_before", Math.round(rate))
        .with("rate_during", Math.round(during.rate(ticks)))
        .with("rate_at_end", Math.round(end.rate(ticks)))
        .with("rate_after", Math.round(after.rate(ticks)))
        .with("p99_ms_before", before.p99Millis(ticks))
        .with("p99_ms_at_end", end.p99Millis(ticks))
        .with("p99_ms_after", after.p99Millis(ticks))
        .with("least_backlog", load.leastBacklog())
        .map();
  }

  /** In per cent; null if nothing was expected, as of a peer that has not begun yet. */
  private static Double lost(double rate, double expected) {
    return expected == 0 ? null : Double.valueOf(Math.round(1000 * (1 - rate / expected)) / 10.0);
  }

  private static Window window(Load load, long seconds, WorkerProcess worker) throws IOException {
    long start = System.nanoTime();
    long enqueued = load.enqueued();
    load.carry(seconds, worker);
    if (!worker.isAlive()) {
      throw new WorkerProcess.FailedException("the worker has ended");
    }
    return new Window(start, System.nanoTime(), load.enqueued() - enqueued);
  }

  private static void hold(Connection holder) throws SQLException {
    holder.setAutoCommit(false);
    holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = holder.createStatement()) {
      statement.execute("SELECT pg_current_snapshot()");
    }
  }

  /** How jobs come. */
  private interface Load {
    String name();

    void carry(long seconds, WorkerProcess worker) throws IOException;

    /** How many have come so far. */
    long enqueued();

    /** The rate that there is if nothing is lost. */
    double expected(Window window, double rateBefore);

    /** The fewest jobs that waited: at zero the worker was not the limit. Null if it never is. */
    Long leastBacklog();
  }

  private static final class Steady implements Load {
    private final WorkerProcess enqueuer;
    private long enqueued;

    Steady(WorkerProcess enqueuer) {
      this.enqueuer = enqueuer;
    }

    @Override
    public String name() {
      return STEADY_PER_SECOND + "/s";
    }

    @Override
    public void carry(long seconds, WorkerProcess worker) throws IOException {
      long ticks = TimeUnit.SECONDS.toMillis(seconds) / TICK_MILLIS;
      long start = System.nanoTime();
      for (long tick = 1; tick <= ticks; tick++) {
        enqueuer.command("enqueue " + STEADY_PER_TICK + " noop");
        enqueued += STEADY_PER_TICK;
        long due = TimeUnit.MILLISECONDS.toNanos(tick * TICK_MILLIS);
        long early = TimeUnit.NANOSECONDS.toMillis(start + due - System.nanoTime());
        Waiting.sleep(Math.max(0, early));
      }
    }

    @Override
    public long enqueued() {
      return enqueued;
    }

    /** On a machine that is too busy to enqueue as planned, what did come. */
    @Override
    public double expected(Window window, double rateBefore) {
      return window.enqueuedPerSecond();
    }

    @Override
    public Long leastBacklog() {
      return null;
    }
  }

  private static final class Saturation implements Load {
    private final WorkerProcess enqueuer;
    private final long low;
    private long enqueued;
    private long least = Long.MAX_VALUE;

    Saturation(WorkerProcess enqueuer, long backlog) {
      this.enqueuer = enqueuer;
      this.low = backlog / 10;
      this.enqueued = backlog;
    }

    @Override
    public String name() {
      return "saturation";
    }

    @Override
    public void carry(long seconds, WorkerProcess worker) throws IOException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end) {
        long waiting = enqueued - worker.ran();
        least = Math.min(least, waiting);
        if (waiting < low) {
          enqueued += REFILL;
          enqueuer.command("enqueue " + REFILL + " noop");
        } else {
          Waiting.sleep(TICK_MILLIS);
        }
      }
    }

    @Override
    public long enqueued() {
      return enqueued;
    }

    @Override
    public double expected(Window window, double rateBefore) {
      return rateBefore;
    }

    @Override
    public Long leastBacklog() {
      return least;
    }
  }

  /** A time between two readings of the clock. */
  private record Window(long start, long end, long enqueued) {
    Window to(Window next) {
      return new Window(start, next.end, enqueued + next.enqueued);
    }

    double enqueuedPerSecond() {
      return enqueued / Waiting.seconds(end - start);
    }

    double rate(List<WorkerProcess.Tick> ticks) {
      long jobs = ticks.stream().filter(this::has).mapToLong(WorkerProcess.Tick::jobs).sum();
      return jobs / Waiting.seconds(end - start);
    }

    /** The median of the 99th percentiles of a tenth of a second each. */
    long p99Millis(List<WorkerProcess.Tick> ticks) {
      long[] sorted =
          ticks.stream()
              .filter(this::has)
              .mapToLong(WorkerProcess.Tick::p99Millis)
              .sorted()
              .toArray();
      return sorted.length == 0 ? -1 : sorted[sorted.length / 2];
    }

    private boolean has(WorkerProcess.Tick tick) {
      return start <= tick.nanos() && tick.nanos() < end;
    }
  }
}
