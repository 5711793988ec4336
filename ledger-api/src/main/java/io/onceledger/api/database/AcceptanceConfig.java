package io.onceledger.api.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How charges are written: {@code LEDGER_ACCEPT_…}. */
@ConfigMapping(prefix = "ledger.accept")
interface AcceptanceConfig {

  /** One writes while the next batch forms; the second when that takes long or many wait. */
  @WithDefault("2")
  int writers();

  /** Charges in one commit, at most: some 300 KiB of statement, and a lock time below 50 ms. */
  @WithDefault("500")
  int batchSize();

  /**
   * How long a delivery waits for others to share its commit, where they come in numbers. One that
   * comes alone does not wait.
   */
  @WithDefault("2ms")
  Duration gather();

  /** Deliveries that may wait: at 10,000 a second the last one waits half a second. */
  @WithDefault("5000")
  int queueCapacity();
}
