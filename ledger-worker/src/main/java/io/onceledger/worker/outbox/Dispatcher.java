package io.onceledger.worker.outbox;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.processor.OutcomeRecorder;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.processor.Finding;
import io.onceledger.worker.processor.ProcessorClient;
import io.onceledger.worker.processor.ProcessorConfig;
import io.onceledger.worker.processor.Reading;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Claims what is due, calls the processor, has the outcome recorded: each in its turn, and nothing
 * of it inside a transaction of another.
 *
 * <p>One thread claims, and only as much as can be sent at once. Calls hold no thread. A claim
 * whose outcome could not be recorded is left to its lease: whoever takes it over looks it up.
 */
@Singleton
class Dispatcher {

  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  private final WorkClaims claims;
  private final GroupCommit<Result, Recorded> recorder;
  private final ProcessorClient processor;
  private final ProcessorProfile profile;
  private final WorkerConfig config;
  private final MeterRegistry meters;
  private final Attempting attempting;
  private final Slots slots;
  private final Pace pace;
  private final Thread thread = new Thread(this::run, "claim");
  private volatile boolean stopping;

  Dispatcher(
      AgroalDataSource dataSource,
      ProcessorClient processor,
      ProcessorConfig processorConfig,
      WorkerConfig config,
      MeterRegistry meters) {
    this.profile = processorConfig.checkedProfile();
    this.claims = new WorkClaims(dataSource);
    this.recorder =
        new GroupCommit<>(
            "record",
            config.recorders(),
            config.batchSize(),
            processorConfig.concurrency(),
            new OutcomeRecorder(dataSource));
    this.processor = processor;
    this.config = config;
    this.meters = meters;
    // Jitter only spreads load: any source of it will do.
    this.attempting = new Attempting(profile, () -> ThreadLocalRandom.current().nextLong());
    this.slots = new Slots(processorConfig.concurrency());
    this.pace = new Pace(config.idlePause());
    meters.gauge("ledger.claims.in_flight", slots, Slots::taken);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  /** Claims no more, and waits for what is under way: each call ends by its time-out. */
  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    thread.interrupt();
    Duration longest = config.sendWithin().plus(profile.callTimeout());
    if (!slots.awaitNoneTaken(longest)) {
      LOG.warn("Some claims are left to their leases");
    }
    recorder.close();
  }

  /** Whether the outbox could be read when it was last tried. */
  boolean isClaiming() {
    return thread.isAlive() && pace.isServed();
  }

  private void run() {
    try {
      while (!stopping) {
        int free = slots.awaitFree(pace.isProcessorUsable());
        if (claim(free) == 0 || !pace.isProcessorUsable()) {
          pace.pause();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped while idle");
    }
  }

  private int claim(int limit) {
    long asked = System.nanoTime();
    try {
      List<ClaimedWork> works = claims.claim(limit, lease(), profile.retryHorizon());
      pace.served(works.size());
      works.forEach(work -> attempt(work, asked));
      return works.size();
    } catch (SQLException | RuntimeException e) {
      pace.unserved();
      LOG.warnf("Cannot claim: %s", e.getMessage());
      return 0;
    }
  }

  /** Takes a slot, which is free again when the outcome is recorded or given up. */
  private void attempt(ClaimedWork work, long asked) {
    slots.take();
    // Composed from the start: whatever throws becomes a failure, and the slot is free again.
    Future.succeededFuture(work)
        .compose(claimed -> result(claimed, asked))
        .compose(result -> Future.fromCompletionStage(record(result)))
        .onComplete(
            recorded -> {
              slots.release();
              if (recorded.failed()) {
                LOG.warnf(
                    "An outcome of %s was not recorded; it will be looked up: %s",
                    work.claim().resource(), recorded.cause());
              } else if (recorded.result() == Recorded.STALE) {
                meters.counter("ledger.results.stale").increment();
                LOG.debugf("Someone else has taken over %s", work.claim().resource());
              }
            });
  }

  private Future<Result> result(ClaimedWork work, long asked) {
    if (work.claim().lost() != null) {
      return Future.succeededFuture(attempting.lost(work, since(asked)));
    }
    return processor
        .call(work.claim(), asked + config.sendWithin().toNanos())
        .map(
            answer -> {
              Finding finding = Reading.of(work.claim(), answer);
              pace.found(finding);
              if (finding.unusable()) {
                LOG.warnf("The processor cannot be used: %s", answer);
              }
              return attempting.result(work, finding, since(asked));
            });
  }

  private CompletionStage<Recorded> record(Result result) {
    meters
        .counter(
            "ledger.attempts",
            "call",
            result.attempt().call().text(),
            "outcome",
            result.attempt().outcome().text())
        .increment();
    return recorder.submit(result);
  }

  /** Long enough to begin, to be answered and to be recorded. */
  private Duration lease() {
    return config.sendWithin().plus(profile.callTimeout()).plus(profile.clockSkew());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
