package io.onceledger.bench.scenario;

import io.onceledger.bench.BenchOptions;
import io.onceledger.bench.load.Keys;
import io.onceledger.bench.load.Load;
import io.onceledger.bench.load.Loads;
import io.onceledger.bench.rig.Rig;
import io.onceledger.standalone.demo.GivenUpException;
import io.onceledger.standalone.demo.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What a scenario has to work with. */
public record Trial(
    Rig rig, BenchOptions options, Loads loads, Consumer<String> console, AtomicLong runs) {
  /** As many clients as wait for an answer at once. */
  static final int CONNECTIONS = 256;

  /** The seeded merchant, which pays a fee: a charge is two entries. */
  static final String MERCHANT = "sk_test_demo";

  private static final long POLL_MILLIS = 100;

  /** What is asked for must not wait for the asking, nor share its processor with much of it. */
  private static final long ASK_MILLIS = 20;

  /** A minute; longer than any JVM took. */
  private static final int MOST_SLICES = 12;

  /** What gets faster by less has been warm before. */
  private static final double WARM = 1.1;

  void say(String line) {
    console.accept(line);
  }

  /** One for a full run, another for a quick one. */
  int of(int full, int quick) {
    return options.quick() ? quick : full;
  }

  /** A name that no other load has had. */
  String nextRun() {
    return "%08x".formatted(runs.incrementAndGet());
  }

  /** As many as the connections bear. */
  Load closed(Keys keys, int seconds) {
    return new Load(
        rig.apiPort(), CONNECTIONS, 0, 0, seconds, keys, nextRun(), List.of(MERCHANT), "");
  }

  /** So many a second, whatever the answers. */
  Load open(Keys keys, int rate, int warmupSeconds, int seconds) {
    return new Load(
        rig.apiPort(),
        CONNECTIONS,
        rate,
        warmupSeconds,
        seconds,
        keys,
        nextRun(),
        List.of(MERCHANT),
        "");
  }

  /** Until it gets no faster: what is hot has to be compiled, and read from disk, first. */
  void warmUp(Keys keys) {
    int seconds = of(5, 4);
    say("warming up");
    double before;
    double rate = 0;
    int slices = 0;
    do {
      before = rate;
      rate = loads.run(closed(keys, seconds)).rate();
      say("  %,.0f/s".formatted(rate));
      slices++;
    } while (slices < MOST_SLICES && (rate == 0 || rate > before * WARM));
  }

  /** Waits until all messages are done. */
  void drain() {
    long open = rig.database().open();
    if (open > 0) {
      say("waiting for %,d messages".formatted(open));
    }
    // A worker pauses for five at most.
    Duration patience = Duration.ofMinutes(6);
    long deadline = System.nanoTime() + patience.toNanos();
    long least = open;
    while (open > 0) {
      if (System.nanoTime() > deadline) {
        throw new GivenUpException(open + " messages do not get fewer");
      }
      sleep(POLL_MILLIS);
      open = rig.database().open();
      if (open < least) {
        least = open;
        deadline = System.nanoTime() + patience.toNanos();
      }
    }
  }

  void until(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new GivenUpException(what + ": not within " + patience.toSeconds() + " s");
      }
      sleep(ASK_MILLIS);
    }
  }

  static void sleep(long millis) {
    Patience.sleep(millis);
  }
}
