package io.onceledger.worker.outbox;

import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.ClaimTerms.Restore;
import io.onceledger.core.processor.ProcessorProfile;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How the outbox is worked off: {@code LEDGER_WORKER_…}. */
@ConfigMapping(prefix = "ledger.worker")
interface WorkerConfig {

  /** From a claim to its first byte, at most: a worker that slept longer sends nothing. */
  @WithDefault("2s")
  Duration sendWithin();

  /**
   * After which the messages of a worker that died move on. Renewed at each third of it, so that
   * two renewals may fail; a pause of the worker that is longer loses its claims, and no more.
   */
  @WithDefault("3s")
  Duration lease();

  /**
   * How long the database's clock may go unseen and still count as witnessed; default: the lease,
   * within which it is looked at three times.
   */
  Optional<Duration> longestUnseen();

  /**
   * Claims of a message in a row that nothing was recorded under, before a person has to look. A
   * worker that dies loses each claim under way once: twenty are no bad luck, even of a worker that
   * is started again and again.
   */
  @WithDefault("20")
  int maxLostClaims();

  /** The longest pause between two looks into an empty outbox: twenty cheap queries a second. */
  @WithDefault("50ms")
  Duration idlePause();

  /**
   * One writes while the next batch of outcomes forms; the second when that takes long or many
   * wait.
   */
  @WithDefault("2")
  int recorders();

  /** How long an outcome waits for others to share its commit, where they come in numbers. */
  @WithDefault("5ms")
  Duration gather();

  /** Outcomes in one commit, at most. */
  @WithDefault("500")
  int batchSize();

  /**
   * The times under which messages are claimed.
   *
   * @param restoredAt up to when the data reaches, if the database was restored
   * @param startedAt when this worker was, which is after the database was restored
   * @throws ConfigurationException when a worker could still send what another has taken over, or
   *     what was sent before a restore, or nothing at all
   */
  default ClaimTerms checkedTerms(
      ProcessorProfile profile, Optional<Instant> restoredAt, Instant startedAt) {
    if (sendWithin().compareTo(lease()) > 0) {
      throw new ConfigurationException(
          "LEDGER_WORKER_SEND_WITHIN %s must be at most LEDGER_WORKER_LEASE %s: a worker could send what another has taken over"
              .formatted(sendWithin(), lease()));
    }
    if (restoredAt.isPresent() && !profile.lookUpByKey()) {
      throw new ConfigurationException(
          "LEDGER_RESTORED_AT needs a processor that can be asked by key"
              + " (LEDGER_PROCESSOR_PROFILE_LOOKUP_BY_KEY): nobody else knows what was sent after"
              + " it");
    }
    if (restoredAt.filter(startedAt::isBefore).isPresent()) {
      throw new ConfigurationException(
          "LEDGER_RESTORED_AT %s has not come yet: it is %s. Nothing would be sent until then"
              .formatted(restoredAt.get(), startedAt));
    }
    return new ClaimTerms(
        lease(),
        sendWithin().plus(profile.callTimeout()).plus(profile.clockSkew()),
        profile.retryHorizon(),
        profile.clockSkew(),
        restoredAt
            .map(at -> new Restore(at, startedAt.plus(profile.keyRetention())))
            .orElse(Restore.NONE));
  }
}
