package io.onceledger.peers.work;

import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a working process prints: {@code ran COUNT P99} ten times a second, the jobs since the last
 * line and the 99th percentile in milliseconds from enqueueing to execution; for slow jobs {@code
 * started ID} and {@code finished ID} at once. Called from any thread.
 */
final class Report {
  private static final long EVERY_MILLIS = 100;

  private long[] latencies = new long[1024];
  private int count;

  void start() {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "report");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleAtFixedRate(this::print, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  synchronized void executed(long latency) {
    if (count == latencies.length) {
      latencies = Arrays.copyOf(latencies, 2 * count);
    }
    latencies[count++] = latency;
  }

  void started(long id) {
    System.out.println("started " + id);
  }

  void finished(long id) {
    System.out.println("finished " + id);
  }

  private void print() {
    long[] sorted = take();
    if (sorted.length > 0) {
      Arrays.sort(sorted);
      long p99 = sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
      System.out.println("ran " + sorted.length + " " + p99);
    }
  }

  private synchronized long[] take() {
    long[] taken = Arrays.copyOf(latencies, count);
    count = 0;
    return taken;
  }
}
