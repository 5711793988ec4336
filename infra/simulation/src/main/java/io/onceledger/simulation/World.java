package io.onceledger.simulation;

import io.onceledger.core.merchant.Merchant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Clients, APIs, workers, a database and a processor in one thread. A plan decides all that happens
 * in it, to the last step. While it is troubled, faults strike; then it heals, and everything has
 * to come to an end.
 */
final class World {

  /** Far more than any charge needs, with all that may go wrong. */
  private static final long STEPS_PER_CHARGE = 5_000;

  private static final Duration THREE_DAYS = Duration.ofDays(3);

  final Setting setting;
  final Decisions decisions;
  final Clock clock = new Clock();
  final Schedule schedule;
  final Chance chance;
  final MemoryStore memory;
  final Store store;
  final Processor processor;
  final Network network;
  final Invariants invariants;
  final Reviews reviews;
  final Receipts receipts;
  final List<Client> clients = new ArrayList<>();
  private final Plan plan;
  private final Exercised exercised = new Exercised();
  private final List<Api> apis = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private Duration unseen = Duration.ZERO;
  private long steps;

  /**
   * Not yet begun.
   *
   * @param told whether to keep a line for each thing that happens
   * @param tap what everyone sees of the database
   */
  World(Plan plan, Decisions decisions, boolean told, UnaryOperator<Store> tap) {
    this(plan, Setting.draw(new SplittableRandom(plan.seed())), decisions, told, tap);
  }

  /** As above, in a setting of the caller's choice. */
  World(Plan plan, Setting setting, Decisions decisions, boolean told, UnaryOperator<Store> tap) {
    this.plan = plan;
    this.setting = setting;
    this.decisions = decisions;
    this.schedule = new Schedule(clock, told);
    SplittableRandom random = new SplittableRandom(plan.seed()).split();
    this.chance = new Chance(random, setting.rates(), plan.forbidden(), exercised);
    this.memory = new MemoryStore(clock, decisions);
    this.store = tap.apply(memory);
    this.processor = new Processor(this);
    this.network = new Network(this);
    this.invariants = new Invariants(this);
    this.reviews = new Reviews(this);
    this.receipts = new Receipts(this);
  }

  /** Runs it to its end, or to the first broken promise. */
  Run run() {
    populate();
    Optional<Violation> violation = Optional.empty();
    try {
      while (step()) {
        invariants.check();
        if (++steps > STEPS_PER_CHARGE * plan.charges()) {
          throw new Violation("in the end there is nothing left to do", "after " + steps);
        }
      }
      invariants.checkEnd();
    } catch (Violation broken) {
      violation = Optional.of(broken);
    } catch (IllegalArgumentException refused) {
      violation = Optional.of(new Violation("no transaction fails", refused.getMessage()));
    }
    return new Run(
        plan,
        violation,
        memory.charges().size(),
        steps,
        chance.struck(),
        exercised,
        schedule.lines());
  }

  private void populate() {
    for (int i = 1; i <= 2; i++) {
      apis.add(new Api(this, i));
    }
    for (int i = 1; i <= setting.workers(); i++) {
      workers.add(new Worker(this, i));
    }
    List<Merchant> merchants =
        List.of(
            new Merchant(chance.id(), 290, Map.of("USD", 30L)),
            new Merchant(chance.id(), 0, Map.of()));
    for (int i = 0; i < plan.charges(); i++) {
      // Two merchants use the same keys.
      Client client = new Client(this, merchants.get(i % 2), "order-" + i / 2);
      clients.add(client);
      schedule.in(chance.between(0, setting.troubled() / 2), client::start);
    }
    schedule.in(setting.betweenDisasters().toMillis(), this::disasters);
    schedule.in(setting.troubled(), chance::heal);
  }

  private void disasters() {
    if (chance.strikes(Fault.DATABASE_CLOCK_SET_FORWARD)) {
      setClock(setting.databaseJump());
    }
    // Where nobody sees what it shows, that it goes back cannot be known: a margin is all there is.
    if (mayGoUnseen() && isWatched() && chance.strikes(Fault.DATABASE_CLOCK_SET_BACK)) {
      workers.forEach(Worker::keepBeforeClockIsSet);
      schedule.in(chance.between(0, Setting.beatMillis()), this::setClockBack);
    }
    if (mayGoUnseen() && chance.strikes(Fault.WORKERS_STOPPED_FOR_DAYS)) {
      stopWorkers(THREE_DAYS);
    }
    if (clock.now() < setting.troubled()) {
      schedule.in(setting.betweenDisasters().toMillis(), this::disasters);
    }
  }

  private boolean isWatched() {
    return workers.stream().anyMatch(Worker::isAwake);
  }

  private boolean mayGoUnseen() {
    return unseen.compareTo(setting.profile().keyRetention().dividedBy(8)) < 0;
  }

  private void setClockBack() {
    if (isWatched()) {
      setClock(setting.databaseJump().negated());
    }
  }

  /** All of them see it within a beat, unless they sleep. */
  void setClock(Duration by) {
    schedule.tell(() -> "the database's clock is set by " + by);
    workers.forEach(Worker::lookBeforeClockIsSet);
    if (by.isNegative()) {
      unseen = unseen.minus(by);
    }
    clock.jumpDatabase(by);
    workers.forEach(Worker::clockIsSet);
  }

  /** A worker has found that the clock has gone back by this much. */
  void seenSetBack(Duration by) {
    unseen = unseen.compareTo(by) > 0 ? unseen.minus(by) : Duration.ZERO;
  }

  /** What the clock has gone back by in all, and nobody has seen: it was not told before. */
  Duration setBackUnseen() {
    return unseen;
  }

  void stopWorkers(Duration time) {
    schedule.tell(() -> "all workers are stopped for " + time);
    workers.forEach(worker -> worker.stopFor(time.toMillis()));
  }

  /** The next thing happens; false when there is nothing left to happen. */
  private boolean step() {
    Optional<Instant> due = memory.nextDue();
    if (due.isPresent()) {
      long at = Math.max(clock.now(), clock.whenDatabaseShows(due.get()));
      if (schedule.isEmpty() || at < schedule.next()) {
        // Idle workers poll; all polls but the one that finds something are left out.
        Optional<Worker> free = anyFreeWorker();
        if (free.isPresent()) {
          clock.advanceTo(at);
          free.get().look();
          return true;
        }
      }
    }
    if (schedule.isEmpty()) {
      return false;
    }
    schedule.step();
    return true;
  }

  private Optional<Worker> anyFreeWorker() {
    int start = (int) chance.between(0, workers.size() - 1);
    for (int i = 0; i < workers.size(); i++) {
      Worker worker = workers.get((start + i) % workers.size());
      if (worker.isFree()) {
        return Optional.of(worker);
      }
    }
    return Optional.empty();
  }

  Api anyApi() {
    return apis.get((int) chance.between(0, apis.size() - 1));
  }

  void see(Sight sight) {
    exercised.count(sight);
  }
}
