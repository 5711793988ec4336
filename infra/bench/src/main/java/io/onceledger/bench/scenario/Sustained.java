package io.onceledger.bench.scenario;

import io.onceledger.bench.load.Gate;
import io.onceledger.bench.load.Keys;
import io.onceledger.bench.load.Load;
import io.onceledger.bench.load.LoadResult;
import io.onceledger.bench.load.Loads.Clients;
import io.onceledger.bench.report.Series;
import io.onceledger.bench.report.Series.Point;
import io.onceledger.bench.rig.Database;
import io.onceledger.bench.rig.OpenMessages;
import java.util.ArrayList;
import java.util.List;

/**
 * The full cycle at the rate that it bears: clients that hold back while the outbox is long, and
 * the outcomes counted afterwards by the times that the database gave them.
 */
final class Sustained {
  /** Fewer than in closed loop, for with pauses it is these that the rate is cut by. */
  private static final int CONNECTIONS = 128;

  /** Outcomes in each so many seconds since an instant, and how far the outbox was ever behind. */
  private static final String POSTED =
      """
      SELECT floor(extract(epoch FROM created_at - ?::timestamptz) / ?) AS part, count(*)
      FROM event
      WHERE created_at >= ?::timestamptz AND type = 'charge.succeeded'
      GROUP BY part
      ORDER BY part
      """;

  private final Trial trial;

  Sustained(Trial trial) {
    this.trial = trial;
  }

  /**
   * What was seen.
   *
   * @param since the database's time when it began
   * @param depths of the outbox, by seconds
   */
  record Seen(String since, LoadResult clients, Series depths) {
    double deepest() {
      return depths.points().stream().mapToDouble(Point::y).max().orElse(0);
    }
  }

  /** While it runs, {@code meanwhile} may do what it likes; its time counts. */
  Seen run(Keys keys, int seconds, List<String> merchants, Runnable meanwhile) {
    String since = now();
    long begin = System.nanoTime();
    List<Point> depths = new ArrayList<>();
    LoadResult result;
    try (Database database = trial.rig().database().another()) {
      OpenMessages messages = new OpenMessages(database);
      try (Gate gate =
          new Gate(
              trial.rig().directory().resolve("gate"),
              () -> {
                long open = messages.count();
                depths.add(new Point((System.nanoTime() - begin) / 1e9, open));
                return open;
              })) {
        result = clients(keys, seconds, merchants, gate, meanwhile);
      }
    }
    return new Seen(since, result, new Series("messages", depths));
  }

  private LoadResult clients(
      Keys keys, int seconds, List<String> merchants, Gate gate, Runnable meanwhile) {
    Clients clients =
        trial
            .loads()
            .start(
                new Load(
                    trial.rig().apiPort(),
                    CONNECTIONS,
                    0,
                    0,
                    seconds,
                    keys,
                    trial.nextRun(),
                    merchants,
                    gate.file()));
    try {
      meanwhile.run();
      return clients.result();
    } finally {
      clients.stop();
    }
  }

  Seen run(int seconds) {
    return run(Keys.fresh(), seconds, List.of(Trial.MERCHANT), () -> {});
  }

  /** The database's clock. */
  String now() {
    return trial.rig().database().text("SELECT clock_timestamp()::text");
  }

  /**
   * Charges posted in each window of so many seconds; the last one may be cut short, and is left
   * out.
   *
   * @param seconds in all
   */
  List<Double> posted(String since, int window, int seconds) {
    double[] counts = new double[seconds / window];
    for (double[] row : trial.rig().database().rows(POSTED, 2, since, window, since)) {
      int at = (int) row[0];
      if (at >= 0 && at < counts.length) {
        counts[at] = row[1] / window;
      }
    }
    List<Double> rates = new ArrayList<>();
    for (double count : counts) {
      rates.add(count);
    }
    return rates;
  }

  static Series line(String name, List<Double> rates, int window) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      points.add(new Point((i + 0.5) * window, rates.get(i)));
    }
    return new Series(name, points);
  }

  static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
