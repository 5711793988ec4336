package io.onceledger.simulation;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Patience;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.outbox.Attempting;
import io.onceledger.worker.processor.Answer;
import io.onceledger.worker.processor.Answer.NotSent;
import io.onceledger.worker.processor.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Claims, calls, records, each in its turn: the Dispatcher's steps, with a boundary between any two
 * at which it may crash or be paused. Its decisions are the product's.
 */
final class Worker {

  private static final long RECORD_AGAIN = 250;

  /** In the end everything here has to be found out: nobody gives up before. */
  private static final Patience ENDLESS = new Patience(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final World world;
  private final String name;
  private final ProcessorProfile profile;
  private final Attempting attempting;

  /** Counts crashes: what a former life has begun does not go on. */
  private int life;

  private boolean stopped;
  private boolean claiming;
  private long pausedUntil;
  private int busy;
  private Duration clockAhead = Duration.ZERO;

  Worker(World world, int number) {
    this.world = world;
    this.name = "worker-" + number;
    this.profile = world.decisions.believed(world.setting.profile());
    this.attempting = new Attempting(profile, ENDLESS, world.chance.random());
  }

  /** Whether it would look for work now. */
  boolean isFree() {
    return !stopped
        && !claiming
        && busy < world.setting.slots()
        && world.clock.now() >= pausedUntil;
  }

  /** Asks for work. */
  void look() {
    claiming = true;
    long asked = world.clock.now();
    after(world.chance.between(0, 5), () -> claim(asked));
  }

  private void claim(long asked) {
    if (crashes(Fault.WORKER_CRASH_BEFORE_CLAIM)) {
      return;
    }
    if (world.chance.strikes(Fault.WORKER_CLOCK_JUMP)) {
      clockAhead = Duration.ofMinutes(world.chance.between(-25 * 60, 25 * 60));
    }
    Instant clock = Clock.START.plusMillis(world.clock.now()).plus(clockAhead);
    List<ClaimedWork> works =
        world.store.claim(
            world.setting.slots() - busy, world.setting.lease(), profile.retryHorizon(), clock);
    claiming = false;
    works.forEach(work -> tell(() -> "claims " + text(work.claim())));
    works.forEach(world.invariants::claimed);
    if (!works.isEmpty() && crashes(Fault.WORKER_CRASH_AFTER_CLAIM)) {
      return;
    }
    busy += works.size();
    works.forEach(work -> after(world.chance.between(0, 5), () -> begin(work, asked)));
  }

  private void begin(ClaimedWork work, long asked) {
    if (pauses(Fault.WORKER_PAUSED_BEFORE_SEND)) {
      after(0, () -> start(work, asked));
    } else if (!crashes(Fault.WORKER_CRASH_BEFORE_SEND)) {
      start(work, asked);
    }
  }

  private void start(ClaimedWork work, long asked) {
    Duration elapsed = world.clock.since(asked);
    Optional<Result> lost = world.decisions.lost(attempting, work, elapsed);
    if (lost.isPresent()) {
      record(lost.get(), asked);
      return;
    }
    if (!world.decisions.mayBegin(elapsed, world.setting.sendWithin())) {
      world.see(Sight.DEADLINE_PASSED_BEFORE_SEND);
      answered(work, asked, new NotSent("the deadline of the claim has passed", false));
      return;
    }
    Request request = request(work.claim());
    tell(() -> "calls: " + request);
    world.invariants.begins(work.claim(), request, elapsed);
    int thisLife = life;
    Consumer<Answer> listener = answer -> goOn(thisLife, () -> answered(work, asked, answer));
    world.network.call(request, listener);
    crashes(Fault.WORKER_CRASH_AFTER_SEND);
  }

  private void answered(ClaimedWork work, long asked, Answer answer) {
    if (crashes(Fault.WORKER_CRASH_AFTER_ANSWER)) {
      return;
    }
    Claim claim = work.claim();
    Finding finding = world.decisions.read(claim, answer);
    Result result = world.decisions.result(attempting, work, finding, world.clock.since(asked));
    world.invariants.concludes(claim, answer, finding, result);
    pauses(Fault.WORKER_PAUSED_BEFORE_RECORD);
    after(world.chance.between(0, 10), () -> record(result, asked));
  }

  private void record(Result result, long asked) {
    if (crashes(Fault.WORKER_CRASH_BEFORE_RECORD)) {
      return;
    }
    boolean inTime = world.clock.since(asked).compareTo(world.setting.lease()) < 0;
    if (world.chance.strikes(Fault.RECORD_NOT_COMMITTED)) {
      if (inTime) {
        after(RECORD_AGAIN, () -> record(result, asked));
      } else {
        busy--;
      }
      return;
    }
    List<Long> fences = world.invariants.fences(List.of(result));
    List<Recorded> recorded = world.store.record(List.of(result));
    tell(() -> "records " + text(result.claim()) + ": " + text(result) + ": " + recorded);
    world.invariants.recorded(List.of(result), fences, recorded);
    if (world.chance.strikes(Fault.RECORD_COMMIT_UNKNOWN) && inTime) {
      after(RECORD_AGAIN, () -> record(result, asked));
    } else if (!crashes(Fault.WORKER_CRASH_AFTER_RECORD)) {
      busy--;
    }
  }

  private Request request(Claim claim) {
    return new Request(
        claim.step(),
        claim.resource(),
        PublicId.MERCHANT.text(claim.merchant()),
        world.decisions.key(claim),
        PublicId.CHARGE.text(claim.resource()),
        claim.work().amount(),
        claim.work().currency());
  }

  private boolean crashes(Fault fault) {
    boolean crashes = world.chance.strikes(fault);
    if (crashes) {
      tell(fault::text);
      stopFor(world.chance.between(100, 20_000));
    }
    return crashes;
  }

  /** Ends it at once, whatever it is doing; after {@code millis} it starts with empty hands. */
  void stopFor(long millis) {
    life++;
    stopped = true;
    claiming = false;
    busy = 0;
    int thisLife = life;
    world.schedule.in(
        millis,
        () -> {
          if (life == thisLife) {
            stopped = false;
          }
        });
  }

  private boolean pauses(Fault fault) {
    boolean pauses = world.chance.strikes(fault);
    if (pauses) {
      long longest = world.setting.longestPause().toMillis();
      pausedUntil = world.clock.now() + world.chance.between(1, longest);
      tell(fault::text);
    }
    return pauses;
  }

  private void after(long millis, Runnable what) {
    int thisLife = life;
    world.schedule.in(millis, () -> goOn(thisLife, what));
  }

  private void goOn(int thisLife, Runnable what) {
    if (life != thisLife) {
      return;
    }
    long left = pausedUntil - world.clock.now();
    if (left > 0) {
      world.schedule.in(left, () -> goOn(thisLife, what));
    } else {
      what.run();
    }
  }

  private void tell(Supplier<String> what) {
    world.schedule.tell(() -> name + ": " + what.get());
  }

  private static String text(Claim claim) {
    return "%s %s, fence %d, first sent %s"
        .formatted(
            claim.step().text(), claim.work().idempotencyKey(), claim.fence(), claim.firstSentAt());
  }

  private static String text(Result result) {
    return "%s (%s), hence %s"
        .formatted(result.attempt().outcome().text(), result.attempt().httpStatus(), result.next());
  }
}
