package io.onceledger.simulation;

import static io.onceledger.simulation.Violation.require;

import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Patience;
import io.onceledger.core.processor.ProcessorProfile;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.processor.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Watches that no person is asked what a worker could have found out: by asking in time, and often
 * enough. What the workers have tried it has counted itself.
 */
final class Reviews {

  private static final int SERVER_ERROR = 500;

  private final World world;
  private final ProcessorProfile profile;

  /** What the workers take it for: what is in time follows from it. */
  private final ProcessorProfile believed;

  private final Patience patience;

  /** Answers to a charge's calls that decided nothing. */
  private final Map<UUID, Integer> undecided = new HashMap<>();

  /** Claims of a charge since something was last recorded of it. */
  private final Map<UUID, Integer> claims = new HashMap<>();

  /** The same when it was recorded. */
  private final Map<UUID, Integer> claimsBefore = new HashMap<>();

  Reviews(World world) {
    this.world = world;
    this.profile = world.setting.profile();
    this.believed = world.decisions.believed(profile);
    this.patience = world.setting.patience();
  }

  /** A worker gets a claim. */
  void claimed(ClaimedWork work) {
    claims.merge(work.claim().resource().id(), 1, Integer::sum);
  }

  /** A worker knows at {@code now} what follows from an answer. */
  void concludes(Finding finding, Result result, Instant now) {
    if (finding.outcome() == Outcome.AMBIGUOUS
        && finding.httpStatus() != null
        && finding.httpStatus() < SERVER_ERROR) {
      undecided.merge(result.claim().resource().id(), 1, Integer::sum);
    }
    if (finding.retryAfter().isEmpty() && result.next() instanceof Proceed proceed) {
      checkInTime(result.claim().firstSentAt(), proceed, now);
    }
  }

  /**
   * While there is time for a call whose answer proves something, it is made in that time, unless
   * what was sent has to settle first. After the clock was set back sends lie in the future, and it
   * is waited for them.
   */
  private void checkInTime(Instant firstSentAt, Proceed proceed, Instant now) {
    boolean asks = proceed.step() == Step.LOOK_UP || proceed.step() == Step.CANCEL;
    if (!asks || !believed.cancelByKey() || world.clock.wasSetBack()) {
      return;
    }
    Instant lastCall =
        firstSentAt
            .plus(believed.keyRetention())
            .minus(believed.callTimeout())
            .minus(believed.clockSkew().multipliedBy(2));
    Duration settling =
        world.setting.attempt().plus(believed.settleTime()).plus(believed.clockSkew());
    Instant settled = proceed.step() == Step.LOOK_UP ? now.plus(settling) : now;
    Instant latest = settled.isAfter(lastCall) ? settled : lastCall;
    require(
        now.isAfter(lastCall) || !proceed.notBefore().isAfter(latest),
        "what can be found out is asked while the answer proves something",
        proceed);
  }

  /** A worker has recorded, or found that it may not. */
  void recorded(Result result, Recorded recorded) {
    if (recorded == Recorded.WRITTEN) {
      UUID id = result.claim().resource().id();
      claimsBefore.put(id, claims.getOrDefault(id, 0));
      claims.remove(id);
    }
  }

  /** Whether there is a reason to ask a person about it. */
  boolean mayAsk(ChargeRow charge) {
    return !profile.cancelByKey() || mayBeForgotten(charge) || isPatienceUsedUp(charge);
  }

  private boolean isPatienceUsedUp(ChargeRow charge) {
    UUID id = charge.key.charge();
    boolean byAnswers = undecided.getOrDefault(id, 0) >= patience.attempts();
    // The claim that a lost send is recorded under counts as one, but not the last itself.
    boolean byLostClaims = claimsBefore.getOrDefault(id, 0) >= patience.lostClaims();
    if (byAnswers) {
      world.see(Sight.PATIENCE_USED_UP_BY_ANSWERS);
    }
    if (byLostClaims) {
      world.see(Sight.PATIENCE_USED_UP_BY_LOST_CLAIMS);
    }
    return byAnswers || byLostClaims;
  }

  /**
   * Whether the processor may have forgotten the key, as far as the database's clock can tell. A
   * worker that was paused while it claimed takes it for later than it is by as much; one that
   * claimed before the clock was set back, by more.
   */
  private boolean mayBeForgotten(ChargeRow charge) {
    if (world.clock.wasSetBack()) {
      return true;
    }
    Instant first = world.memory.messages().get(charge.key.charge()).firstSentAt;
    Duration slack = profile.callTimeout().plus(world.setting.longestPause());
    return !world.clock.database().plus(slack).isBefore(first.plus(profile.keyRetention()));
  }
}
