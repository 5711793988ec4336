package io.onceledger.core.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.ProcessorProfile.Caches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * One message, three workers that are paused and restarted, and a database whose clock is set
 * forward and back all the time. Times are milliseconds; true ones, and what the clock says.
 */
class SettlingUnderSetClocksTest {

  private static final Pause HALF_A_SECOND = Pause.wished(Duration.ofMillis(500));

  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final long SKEW = 1_000;
  private static final long SETTLE = 5_000;
  private static final long CALL = 12_000;
  private static final long HORIZON = 289_000;
  private static final Duration LEASE = Duration.ofSeconds(3);

  private static final ProcessorProfile PROFILE =
      new ProcessorProfile(
          Caches.SUCCESSES,
          Duration.ofSeconds(600),
          true,
          true,
          Duration.ofMillis(SETTLE),
          Duration.ofSeconds(10),
          Duration.ofMillis(SKEW),
          Duration.ofSeconds(300),
          Duration.ofMillis(HORIZON));

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void no_jumps_of_the_clock_yield_a_resend_too_early_or_outside_the_window() {
    System.out.println("no_jumps_of_the_clock seed " + seed);
    int resends = 0;
    for (int run = 0; run < 3_000; run++) {
      resends += new Life().live();
    }
    assertThat(resends).as("resends").isGreaterThan(300);
  }

  private static final class Worker {
    WitnessedTime witnessed = new WitnessedTime(Duration.ofMillis(SKEW), LEASE);
    long awakeAt;
  }

  private final class Life {
    private final List<Worker> workers = List.of(new Worker(), new Worker(), new Worker());
    private final List<Attempt> attempts = new ArrayList<>();
    private final int jumpsIn = 1 + random.nextInt(40);
    private long truth;
    private long ahead;
    private Instant highWater = START;
    private Instant firstSentAt;
    private Step step = Step.SEND;
    private Instant due = START;

    private long firstSent;
    private long lastSendEnds;
    private long firstAbsentEnds;
    private long setBackUnseen;
    private int resends;

    int live() {
      for (int beat = 0; beat < 1_500 && step != Step.CANCEL; beat++) {
        beat();
        Worker worker = workers.get(random.nextInt(workers.size()));
        boolean behind = now().isBefore(highWater.minusMillis(SKEW));
        boolean canClaim = worker.awakeAt <= truth && (step == Step.LOOK_UP || !behind);
        if (canClaim && !due.isAfter(now())) {
          work(worker);
        }
      }
      return resends;
    }

    /** A second, more or less: the clock is set, workers sleep and start anew, leases are kept. */
    private void beat() {
      truth += 500 + random.nextInt(500);
      if (random.nextInt(jumpsIn) == 0) {
        long by = random.nextInt(random.nextBoolean() ? 20_000 : 400_000);
        boolean forward = random.nextBoolean();
        ahead += forward ? by : -by;
        // What no one has told yet, or is within the skew, goes back unseen.
        setBackUnseen += forward ? 0 : Math.min(by, SKEW + 4_000);
      }
      for (Worker worker : workers) {
        if (random.nextInt(50) == 0) {
          worker.witnessed = new WitnessedTime(Duration.ofMillis(SKEW), LEASE);
        }
        if (random.nextInt(20) == 0) {
          worker.awakeAt = truth + random.nextInt(60_000);
        }
      }
      // One is always awake, as one was whenever the high water is what it should be.
      workers.get(0).awakeAt = 0;
      workers.stream().filter(worker -> worker.awakeAt <= truth).forEach(this::keep);
    }

    private void keep(Worker worker) {
      worker.witnessed.observe(nanos(truth), nanos(truth + 1), now());
      Duration behind = Duration.between(now(), highWater);
      if (behind.toMillis() > SKEW) {
        firstSentAt = firstSentAt == null ? null : firstSentAt.minus(behind);
        due = due.minus(behind);
      }
      highWater = behind.toMillis() > SKEW || behind.isNegative() ? now() : highWater;
    }

    private void work(Worker worker) {
      Instant claimedAt = now();
      long elapsed = random.nextInt(random.nextInt(4) == 0 ? (int) CALL : 300);
      Instant steadySince = worker.witnessed.observe(nanos(truth), nanos(truth + 1), claimedAt);
      Instant windowSince = firstSentAt();
      boolean closed = claimedAt.isAfter(windowSince.plusMillis(HORIZON));
      Step doing = step == Step.RESEND && closed ? Step.LOOK_UP : step;
      if (doing.sends()) {
        send(doing);
      } else {
        firstAbsentEnds = Math.min(firstAbsentEnds, truth + elapsed);
      }
      Outcome outcome =
          doing.sends() || random.nextInt(5) == 0 ? Outcome.AMBIGUOUS : Outcome.ABSENT;
      firstAbsentEnds = outcome == Outcome.ABSENT ? firstAbsentEnds : absentBefore();
      Instant endedBy = claimedAt.plusMillis(doing.sends() ? CALL + SKEW : elapsed);
      attempts.add(
          new Attempt(
              attempts.size() + 1,
              doing.sends() ? Call.SEND : Call.LOOK_UP,
              outcome,
              claimedAt,
              endedBy,
              null,
              null));
      Instant now = claimedAt.plusMillis(elapsed);
      NextStep next =
          Resolution.next(PROFILE, attempts, windowSince, now, steadySince, HALF_A_SECOND);
      long answered = truth + elapsed;
      while (truth < answered) {
        beat();
      }
      step = next instanceof Proceed go ? go.step() : Step.CANCEL;
      due = next instanceof Proceed go ? go.notBefore() : due;
    }

    private long absentBefore() {
      return attempts.stream().anyMatch(a -> a.n() > lastSendN() && a.outcome() == Outcome.ABSENT)
          ? firstAbsentEnds
          : Long.MAX_VALUE;
    }

    private int lastSendN() {
      return attempts.stream().filter(Attempt::mayHaveActed).mapToInt(Attempt::n).max().orElse(0);
    }

    private void send(Step doing) {
      if (doing == Step.SEND) {
        firstSent = truth;
        firstSentAt = now();
      } else {
        resends++;
        assertThat(truth - lastSendEnds).as("since the last send").isGreaterThanOrEqualTo(SETTLE);
        assertThat(truth - firstAbsentEnds).as("since absent").isGreaterThanOrEqualTo(SETTLE);
        assertThat(truth - firstSent)
            .as("since the first send")
            .isLessThanOrEqualTo(HORIZON + setBackUnseen);
      }
      lastSendEnds = truth + CALL;
      firstAbsentEnds = Long.MAX_VALUE;
    }

    private Instant firstSentAt() {
      return firstSentAt == null ? now() : firstSentAt;
    }

    private Instant now() {
      return START.plusMillis(truth + ahead);
    }
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
