package io.onceledger.worker.processor;

import io.onceledger.core.outbox.Claim;
import io.onceledger.worker.processor.Answer.NotSent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.vertx.core.Future;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * Leaves a processor alone that is of no use: opens when most of the last calls failed, stays so
 * for a while, then lets single calls try, and closes when some of them in a row have not failed.
 * One for all kinds of calls: they go to the same host. Any thread may use it.
 *
 * <p>Whoever claims asks {@link #permitted} first, so that nothing is claimed that would not be
 * called. A call that was claimed before it opened is refused by {@link #guard}, and is not made.
 */
@Singleton
public class ProcessorBreaker {

  private static final Logger LOG = Logger.getLogger(ProcessorBreaker.class);

  /** What the library takes for a failure. */
  private static final class FailedCall extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    FailedCall(Finding finding) {
      // Nobody reads its stack, which would cost more than all the rest.
      super(null, null, false, false);
      this.finding = finding;
    }
  }

  private final int concurrency;
  private final TypedGuard<CompletionStage<Finding>> guard;
  private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;
  private volatile Finding lastFailure;

  public ProcessorBreaker(ProcessorConfig config) {
    this.concurrency = config.concurrency();
    ProcessorConfig.Breaker breaker = checked(config.breaker());
    this.guard =
        TypedGuard.create(new TypeLiteral<CompletionStage<Finding>>() {})
            .withDescription("processor")
            .withCircuitBreaker()
            .requestVolumeThreshold(breaker.calls())
            .failureRatio(breaker.failurePercent() / 100.0)
            .delay(breaker.delay().toMillis(), ChronoUnit.MILLIS)
            .successThreshold(breaker.probes())
            .failOn(FailedCall.class)
            .onStateChange(this::changed)
            .done()
            .build();
  }

  /** How many calls may be under way at once: all, one that tries, or none. */
  public int permitted() {
    return switch (state) {
      case CLOSED -> concurrency;
      case HALF_OPEN -> 1;
      case OPEN -> 0;
    };
  }

  /** Whether the processor is left alone, but for those calls that try. */
  public boolean isOpen() {
    return state != CircuitBreakerState.CLOSED;
  }

  /**
   * Has {@code call} made, and learns from what it brings; while it is open nothing is called, and
   * the finding is that nothing left us.
   */
  public Future<Finding> guard(Claim claim, Supplier<Future<Finding>> call) {
    return Future.fromCompletionStage(guard.get(() -> judged(call.get()).toCompletionStage()))
        .recover(failure -> finding(claim, failure));
  }

  private Future<Finding> judged(Future<Finding> call) {
    return call.compose(
        finding -> {
          if (!finding.isFailure()) {
            return Future.succeededFuture(finding);
          }
          lastFailure = finding;
          return Future.failedFuture(new FailedCall(finding));
        });
  }

  private static Future<Finding> finding(Claim claim, Throwable failure) {
    if (failure instanceof FailedCall failed) {
      return Future.succeededFuture(failed.finding);
    }
    return failure instanceof CircuitBreakerOpenException
        ? Future.succeededFuture(Reading.of(claim, new NotSent("the breaker is open", false)))
        : Future.failedFuture(failure);
  }

  private void changed(CircuitBreakerState now) {
    state = now;
    switch (now) {
      case OPEN ->
          LOG.warnf("The processor cannot be used, and is left alone: %s", lastFailure.text());
      case HALF_OPEN -> LOG.debug("The processor is tried");
      case CLOSED -> LOG.warn("The processor can be used again");
    }
  }

  private static ProcessorConfig.Breaker checked(ProcessorConfig.Breaker breaker) {
    boolean possible =
        breaker.calls() >= 1
            && breaker.failurePercent() >= 1
            && breaker.failurePercent() <= 100
            && breaker.delay().toMillis() >= 1
            && breaker.probes() >= 1;
    if (!possible) {
      throw new ConfigurationException(
          "LEDGER_PROCESSOR_BREAKER_CALLS %d, _PROBES %d and _DELAY %s must be above zero, and _FAILURE_PERCENT %d between 1 and 100"
              .formatted(
                  breaker.calls(), breaker.probes(), breaker.delay(), breaker.failurePercent()));
    }
    return breaker;
  }
}
