package io.onceledger.simulation;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.HighWater.ToldTime;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WitnessedTime;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.outbox.Attempting;
import io.onceledger.worker.processor.Answer;
import io.onceledger.worker.processor.Answer.NotSent;
import io.onceledger.worker.processor.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Claims, calls, records, each in its turn: the Dispatcher's steps, with a boundary between any two
 * at which it may crash or be paused. Its decisions are the product's.
 */
final class Worker {

  private static final long RECORD_AGAIN = 250;

  /** Between two looks into an outbox in which there was nothing to claim. */
  private static final long IDLE_PAUSE = 50;

  private static final long BEAT = Setting.beatMillis();

  private final World world;
  private final String name;
  private final ProcessorProfile profile;
  private final Attempting attempting;
  private final ClaimTerms terms;

  /** The claims under way, and when each was asked for. */
  private final Map<Claim, Long> held = new LinkedHashMap<>();

  /** Counts crashes: what a former life has begun does not go on. */
  private int life;

  private boolean stopped;
  private boolean claiming;
  private long pausedUntil;
  private long idleUntil;
  private WitnessedTime witnessed;

  /** When it last looked at the database's clock, the looks included that are left out. */
  private long seenAt;

  private Duration clockAhead = Duration.ZERO;

  Worker(World world, int number) {
    this.world = world;
    this.name = "worker-" + number;
    this.profile = world.decisions.believed(world.setting.profile());
    this.attempting =
        new Attempting(
            profile, world.setting.patience(), world.setting.expiry(), world.chance.random());
    this.terms = world.setting.terms(profile);
    start();
  }

  private void start() {
    stopped = false;
    seenAt = world.clock.now();
    witnessed = new WitnessedTime(terms.clockSkew(), terms.lease());
    after(0, this::keep);
  }

  /** Whether it would look for work now. */
  boolean isFree() {
    return !stopped
        && !claiming
        && held.size() < world.setting.slots()
        && world.clock.now() >= Math.max(pausedUntil, idleUntil);
  }

  /** Whether it would look at the database's clock within a beat. */
  boolean isAwake() {
    return !stopped && world.clock.now() >= pausedUntil;
  }

  /** The time that the database tells now is written down. */
  void keepBeforeClockIsSet() {
    if (isAwake()) {
      keep();
    }
  }

  /** The database's clock is about to be set: until now it went on, as has been seen. */
  void lookBeforeClockIsSet() {
    if (isAwake()) {
      seeWhatWasLeftOut(world.clock.now());
    }
  }

  /** It has been set, which is seen within a beat. */
  void clockIsSet() {
    after(world.chance.between(0, BEAT), this::keep);
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
    seeWhatWasLeftOut(asked);
    Instant clock = Clock.START.plusMillis(world.clock.now()).plus(clockAhead);
    List<ClaimedWork> works = world.store.claim(world.setting.slots() - held.size(), terms, clock);
    claiming = false;
    works.forEach(work -> tell(() -> "claims " + text(work.claim())));
    works.forEach(world.invariants::claimed);
    works.forEach(world.reviews::claimed);
    if (works.isEmpty()) {
      pauseIdle();
      return;
    }
    Instant steadySince = observe(asked);
    if (crashes(Fault.WORKER_CRASH_AFTER_CLAIM)) {
      return;
    }
    if (held.isEmpty()) {
      after(BEAT, this::beat);
    }
    works.forEach(work -> held.put(work.claim(), asked));
    works.forEach(work -> after(world.chance.between(0, 5), () -> begin(work, asked, steadySince)));
  }

  private void pauseIdle() {
    idleUntil = world.clock.now() + IDLE_PAUSE;
    if (world.memory.isClockBehind(terms.clockSkew())) {
      world.see(Sight.HELD_BACK_WHILE_CLOCK_IS_BEHIND);
    }
    world.schedule.in(IDLE_PAUSE, () -> {});
  }

  /** Renews leases as long as there are any; without any, what it would see is left out. */
  private void beat() {
    if (!held.isEmpty()) {
      keep();
      after(BEAT, this::beat);
    }
  }

  private void keep() {
    if (stopped) {
      return;
    }
    if (world.chance.strikes(Fault.LEASES_NOT_RENEWED)) {
      after(BEAT, this::keep);
      return;
    }
    seeWhatWasLeftOut(world.clock.now());
    List<Claim> old =
        held.entrySet().stream()
            .filter(entry -> world.clock.now() - entry.getValue() >= BEAT)
            .map(Map.Entry::getKey)
            .toList();
    world.invariants.keeps(old);
    ToldTime told = world.store.keep(old, terms);
    world.invariants.kept(old, told, terms);
    observe(world.clock.now());
    if (told.behind().compareTo(terms.clockSkew()) > 0) {
      tell(() -> "sets the times of all messages back by " + told.behind());
      world.see(Sight.TIMES_SET_BACK);
      world.seenSetBack(told.behind().plus(terms.lease().multipliedBy(2)));
    }
  }

  /**
   * A worker keeps its leases at each beat, if it has any or not. Between two times at which the
   * clock is set the beats in which there is nothing to do show nothing new, and are left out; but
   * it was watching, unless it was paused.
   */
  private void seeWhatWasLeftOut(long until) {
    long first = Math.max(seenAt + BEAT, pausedUntil);
    // As rarely as it still counts as watching.
    for (long at = first; at < until; at += terms.lease().toMillis()) {
      long nanos = Duration.ofMillis(at).toNanos();
      witnessed.observe(nanos, nanos, world.clock.databaseAt(at));
      seenAt = at;
    }
  }

  private Instant observe(long asked) {
    Instant before = witnessed.steadySince();
    Instant since =
        witnessed.observe(
            Duration.ofMillis(asked).toNanos(),
            Duration.ofMillis(world.clock.now()).toNanos(),
            world.clock.database());
    seenAt = world.clock.now();
    if (before != null && !before.equals(since)) {
      world.see(Sight.WITNESSING_BEGAN_ANEW);
    }
    return world.decisions.countsSince(since);
  }

  private void begin(ClaimedWork work, long asked, Instant steadySince) {
    if (pauses(Fault.WORKER_PAUSED_BEFORE_SEND)) {
      after(0, () -> start(work, asked, steadySince));
    } else if (!crashes(Fault.WORKER_CRASH_BEFORE_SEND)) {
      start(work, asked, steadySince);
    }
  }

  private void start(ClaimedWork work, long asked, Instant steadySince) {
    Duration elapsed = world.clock.since(asked);
    Optional<Result> known = world.decisions.withoutCall(attempting, work, elapsed, steadySince);
    if (known.isPresent()) {
      if (known.get().next() instanceof Conclude) {
        world.see(Sight.CHARGE_EXPIRED);
      }
      record(known.get(), asked);
      return;
    }
    Duration byDatabase = Duration.between(work.claim().claimedAt(), world.clock.database());
    if (!world.decisions.mayBegin(elapsed, byDatabase, world.setting.sendWithin())) {
      world.see(Sight.DEADLINE_PASSED_BEFORE_SEND);
      answered(
          work, asked, steadySince, new NotSent("the deadline of the claim has passed", false));
      return;
    }
    Request request = request(work.claim());
    tell(() -> "calls: " + request);
    world.invariants.begins(work.claim(), request, elapsed);
    int thisLife = life;
    Consumer<Answer> listener =
        answer -> goOn(thisLife, () -> answered(work, asked, steadySince, answer));
    world.network.call(request, listener);
    crashes(Fault.WORKER_CRASH_AFTER_SEND);
  }

  private void answered(ClaimedWork work, long asked, Instant steadySince, Answer answer) {
    if (crashes(Fault.WORKER_CRASH_AFTER_ANSWER)) {
      return;
    }
    Claim claim = work.claim();
    Finding finding = world.decisions.read(claim, answer);
    Duration elapsed = world.clock.since(asked);
    Result result = world.decisions.result(attempting, work, finding, elapsed, steadySince);
    world.invariants.concludes(claim, answer, finding, result);
    world.reviews.concludes(finding, result, claim.claimedAt().plus(elapsed));
    pauses(Fault.WORKER_PAUSED_BEFORE_RECORD);
    after(world.chance.between(0, 10), () -> record(result, asked));
  }

  private void record(Result result, long asked) {
    if (crashes(Fault.WORKER_CRASH_BEFORE_RECORD)) {
      return;
    }
    boolean inTime = world.clock.since(asked).compareTo(terms.attempt()) < 0;
    if (world.chance.strikes(Fault.RECORD_NOT_COMMITTED)) {
      if (inTime) {
        after(RECORD_AGAIN, () -> record(result, asked));
      } else {
        held.remove(result.claim());
      }
      return;
    }
    List<Long> fences = world.invariants.fences(List.of(result));
    List<Recorded> recorded = world.store.record(List.of(result));
    tell(() -> "records " + text(result.claim()) + ": " + text(result) + ": " + recorded);
    world.invariants.recorded(List.of(result), fences, recorded);
    world.reviews.recorded(result, recorded.get(0));
    if (world.chance.strikes(Fault.RECORD_COMMIT_UNKNOWN) && inTime) {
      after(RECORD_AGAIN, () -> record(result, asked));
    } else if (!crashes(Fault.WORKER_CRASH_AFTER_RECORD)) {
      held.remove(result.claim());
    }
  }

  private Request request(Claim claim) {
    return new Request(
        claim.step(),
        claim.resource().id(),
        PublicId.MERCHANT.text(claim.resource().merchant()),
        world.decisions.key(claim),
        PublicId.CHARGE.text(claim.resource().id()),
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
    held.clear();
    int thisLife = life;
    world.schedule.in(
        millis,
        () -> {
          if (life == thisLife) {
            start();
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
