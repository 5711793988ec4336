package io.onceledger.worker.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is worked off: {@code LEDGER_WORKER_…}. */
@ConfigMapping(prefix = "ledger.worker")
interface WorkerConfig {

  /** From a claim to its first byte, at most: a worker that slept longer sends nothing. */
  @WithDefault("2s")
  Duration sendWithin();

  /** The longest pause between two looks into an empty outbox: twenty cheap queries a second. */
  @WithDefault("50ms")
  Duration idlePause();

  /** Two keep one batch of outcomes forming while the other commits. */
  @WithDefault("2")
  int recorders();

  /** Outcomes in one commit, at most. */
  @WithDefault("500")
  int batchSize();
}
