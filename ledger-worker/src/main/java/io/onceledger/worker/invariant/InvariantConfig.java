package io.onceledger.worker.invariant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the rules are checked: {@code LEDGER_INVARIANTS_…}. */
@ConfigMapping(prefix = "ledger.invariants")
interface InvariantConfig {

  /** So long damage to small books stays unseen. */
  @WithDefault("1s")
  Duration every();

  /**
   * No slice begins later in a check: work that pays goes first. A slice of 1,000 charges takes
   * some 20 ms of a core of the database: books of two thousand are checked whole each second, a
   * million in ten minutes.
   */
  @WithDefault("50ms")
  Duration atMost();
}
