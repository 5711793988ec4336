package io.onceledger.worker.outbox;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.onceledger.core.database.SqlFailure;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.ClaimFront;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.HighWater.ToldTime;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.OutcomeRecorder;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Patience;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WitnessedTime;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.clock.MonotonicClock;
import io.onceledger.worker.processor.ProcessorBreaker;
import io.onceledger.worker.processor.ProcessorClient;
import io.onceledger.worker.processor.ProcessorConfig;
import io.onceledger.worker.processor.Reading;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Claims what is due, calls the processor, has the outcome recorded: each in its turn, and nothing
 * of it inside a transaction of another.
 *
 * <p>One thread claims, only as much as can be sent at once, of retries no more than their budget,
 * and nothing that the breaker would not let through; it keeps what is claimed: leases are renewed
 * before anything new is claimed. Calls hold no thread. A claim whose outcome could not be recorded
 * is left to its lease: whoever takes it over looks it up.
 */
@Singleton
class Dispatcher {

  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  /** Between two tries to record. */
  private static final long RECORD_AGAIN_MILLIS = 250;

  /** Claims for each call that may be made, at most. */
  private static final int MOST_SURPLUS = 256;

  private final Vertx vertx;
  private final WorkClaims claims;
  private final GroupCommit<Result, Recorded> recorder;
  private final ProcessorClient processor;
  private final ProcessorBreaker breaker;
  private final WorkerConfig config;
  private final MeterRegistry meters;
  private final Attempting attempting;
  private final Slots slots;
  private final RetryBudget retries;
  private final Leases leases;
  private final ClaimTerms terms;
  private final WitnessedTime witnessed;
  private final Pace pace;
  private final Thread thread = new Thread(this::run, "claim");
  private final AtomicLong clockBehindMillis = new AtomicLong();
  private final MonotonicClock nanoTime;

  /** Of the claiming thread: by how much more is claimed than may be called. */
  private int surplus = 1;

  private volatile boolean stopping;

  Dispatcher(
      Vertx vertx,
      DataSource dataSource,
      ProcessorClient processor,
      ProcessorBreaker breaker,
      ProcessorConfig processorConfig,
      WorkerConfig config,
      ChargeConfig chargeConfig,
      @ConfigProperty(name = "ledger.restored-at") Optional<Instant> restoredAt,
      MeterRegistry meters,
      MonotonicClock nanoTime) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
    ProcessorProfile profile = processorConfig.checkedProfile();
    this.claims = new WorkClaims(dataSource, new ClaimFront(nanoTime));
    this.recorder =
        new GroupCommit<>(
            "record",
            config.recorders(),
            config.batchSize(),
            processorConfig.concurrency(),
            config.gather(),
            new OutcomeRecorder(dataSource));
    this.processor = processor;
    this.breaker = breaker;
    this.config = config;
    this.meters = meters;
    // Jitter only spreads load: any source of it will do.
    Patience patience = new Patience(processorConfig.maxAttempts(), config.maxLostClaims());
    this.attempting =
        new Attempting(
            profile,
            patience,
            chargeConfig.checkedExpiry(),
            () -> ThreadLocalRandom.current().nextLong());
    this.slots = new Slots(processorConfig.concurrency());
    this.retries =
        new RetryBudget(
            processorConfig.retries(),
            processorConfig.concurrency(),
            TimeMeter.SYSTEM_MILLISECONDS);
    this.terms = config.checkedTerms(profile, restoredAt, Instant.now());
    // Two renewals may fail and nothing is lost; who looks more rarely has not watched the clock.
    this.witnessed =
        new WitnessedTime(terms.clockSkew(), config.longestUnseen().orElse(terms.lease()));
    this.leases = new Leases(terms.lease(), nanoTime);
    this.pace = new Pace(config.idlePause(), leases.beat());
    meters.gauge("ledger.claims.in_flight", slots, Slots::taken);
    meters.gauge("ledger.processor.breaker_open", breaker, open -> open.isOpen() ? 1 : 0);
    meters.gauge("ledger.retries.left", retries, RetryBudget::left);
    meters.gauge("ledger.database.clock_behind_seconds", clockBehindMillis, ms -> ms.get() / 1e3);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  /** Claims no more, and waits for what is under way: each call ends by its time-out. */
  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    thread.interrupt();
    awaitEnd(config.sendWithin().plus(terms.attempt()));
    if (slots.taken() > 0) {
      LOG.warn("Some claims are left to their leases");
    }
    recorder.close();
  }

  /** The last claim has been sent and recorded, its lease kept meanwhile. */
  private void awaitEnd(Duration longest) {
    try {
      thread.join(longest.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the outbox could be read when it was last tried. */
  boolean isClaiming() {
    return thread.isAlive() && pace.isServed();
  }

  private void run() {
    try {
      work();
      drain();
    } catch (InterruptedException e) {
      LOG.debug("Stopped for the second time");
    } catch (Throwable e) {
      // Without this thread nothing is claimed: readiness says so.
      LOG.error("No more is claimed", e);
    }
  }

  private void work() {
    try {
      while (!stopping) {
        // Before anything new: after an outage nobody shall take over what is only waiting here.
        if (!keepLeases()) {
          pace.pause();
          continue;
        }
        int free = slots.awaitFree(this::permitted, leases.beat());
        // Fewer than there was room for: a look at once would find one or two.
        if (free > 0 && claim(free) < free) {
          pace.pause();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped while idle");
    }
  }

  /**
   * While the processor is tried, one at a time; but what ends without a call tries nothing: as
   * long as there is nothing else, more is claimed each time.
   */
  private int permitted() {
    return breaker.permitted() * surplus;
  }

  private void drain() throws InterruptedException {
    while (!slots.awaitNoneTaken(leases.beat())) {
      keepLeases();
    }
  }

  /** Renews leases when it is time; false when it was, and could not be done. */
  boolean keepLeases() {
    if (!leases.areDue()) {
      return true;
    }
    long asked = nanoTime.getAsLong();
    try {
      ToldTime told = claims.keep(leases.old(), terms);
      witnessed.observe(asked, nanoTime.getAsLong(), told.now());
      clockBehindMillis.set(told.behind().toMillis());
      leases.kept();
      if (told.behind().compareTo(terms.clockSkew()) > 0) {
        LOG.warnf(
            "The database's clock has gone back by %s ms: the times of all messages were set back",
            clockBehindMillis);
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      pace.unserved();
      LOG.warnf("Cannot renew leases: %s", e.getMessage());
      return false;
    }
  }

  private int claim(int limit) {
    long asked = nanoTime.getAsLong();
    try {
      int retriesLeft = retries.left();
      List<ClaimedWork> works = claims.claim(limit, retriesLeft, terms);
      long told = nanoTime.getAsLong();
      pace.served(works.size());
      if (retriesLeft < limit
          && works.stream().filter(RetryBudget::isRetry).count() == retriesLeft) {
        meters.counter("ledger.retries.held_back").increment();
      }
      List<ClaimedWork> called = new ArrayList<>();
      works.forEach(
          work ->
              attempt(
                  work,
                  asked,
                  witnessed.observe(asked, told, work.claim().claimedAt()),
                  () -> called.add(work)));
      retries.spend(called);
      boolean noneCalled = !works.isEmpty() && called.isEmpty();
      surplus = noneCalled ? Math.min(2 * surplus, MOST_SURPLUS) : 1;
      return works.size();
    } catch (SQLException | RuntimeException e) {
      pace.unserved();
      LOG.warnf("Cannot claim: %s", e.getMessage());
      return 0;
    }
  }

  /**
   * Takes a slot, which is free again when the outcome is recorded or given up.
   *
   * @param calling run before this returns if the processor is called
   */
  private void attempt(ClaimedWork work, long asked, Instant steadySince, Runnable calling) {
    slots.take();
    leases.begin(work.claim(), asked);
    // Composed from the start: whatever throws becomes a failure, and the slot is free again.
    Future.succeededFuture(work)
        .compose(claimed -> result(claimed, asked, steadySince, calling))
        .compose(result -> record(result, asked))
        .onComplete(
            recorded -> {
              leases.end(work.claim());
              slots.release();
              if (recorded.failed()) {
                meters.counter("ledger.results.unrecorded").increment();
                LOG.warnf(
                    "An outcome of %s was not recorded; it will be looked up: %s",
                    work.claim().resource().text(), recorded.cause());
              } else if (recorded.result() == Recorded.STALE) {
                meters.counter("ledger.results.stale").increment();
                LOG.debugf("Someone else has taken over %s", work.claim().resource().text());
              }
            });
  }

  private Future<Result> result(
      ClaimedWork work, long asked, Instant steadySince, Runnable calling) {
    return attempting
        .withoutCall(work, since(asked), steadySince)
        .map(Future::succeededFuture)
        .orElseGet(
            () -> {
              calling.run();
              return call(work, asked, steadySince);
            });
  }

  private Future<Result> call(ClaimedWork work, long asked, Instant steadySince) {
    Claim claim = work.claim();
    long sendBefore = asked + config.sendWithin().toNanos();
    return breaker
        .guard(
            claim, () -> processor.call(claim, sendBefore).map(answer -> Reading.of(claim, answer)))
        .map(
            finding -> {
              Result result = attempting.result(work, finding, since(asked), steadySince);
              count(result.attempt());
              return result;
            });
  }

  /**
   * A database that is away is waited for as long as an attempt may last: what was found is worth
   * it, and unless somebody has taken over, it is still ours to record.
   */
  private Future<Recorded> record(Result result, long asked) {
    return Future.fromCompletionStage(recorder.submit(result))
        .recover(
            failure ->
                isDatabaseAway(failure) && since(asked).compareTo(terms.attempt()) < 0
                    ? vertx
                        .timer(RECORD_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(time -> record(result, asked))
                    : Future.failedFuture(failure));
  }

  private static boolean isDatabaseAway(Throwable failure) {
    return failure instanceof SQLException sql && SqlFailure.of(sql) == SqlFailure.UNAVAILABLE;
  }

  private void count(Attempt attempt) {
    meters
        .counter(
            "ledger.attempts", "call", attempt.call().text(), "outcome", attempt.outcome().text())
        .increment();
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }
}
