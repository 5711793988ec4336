package io.onceledger.api.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the backlog is watched: {@code LEDGER_BACKLOG_…}. */
@ConfigMapping(prefix = "ledger.backlog")
public interface BacklogConfig {

  /**
   * For how long figures are shown again before they are read again: as often as most systems
   * scrape, and no more often however many do.
   */
  @WithDefault("10s")
  Duration freshFor();
}
