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
   * No slice begins later in a check. A slice of 2,000 charges takes some 50 ms of a core of the
   * database: books of five thousand are checked whole each second, a million in five minutes.
   */
  @WithDefault("150ms")
  Duration atMost();
}
