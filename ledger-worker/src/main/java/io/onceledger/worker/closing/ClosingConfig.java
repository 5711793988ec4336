package io.onceledger.worker.closing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the books are closed and audited: {@code LEDGER_CLOSING_…}. */
@ConfigMapping(prefix = "ledger.closing")
interface ClosingConfig {

  /** So old is what is closed, in quiet times. A look costs four small commits. */
  @WithDefault("1s")
  Duration every();

  /**
   * Entries audited after each closing, at most: 15 ms of a core each second. Small books are
   * looked at whole each time, ten million entries in half an hour.
   */
  @WithDefault("5000")
  int auditedEntries();

  /**
   * How often the hash of the newest block is logged: whoever keeps the logs elsewhere holds an
   * anchor there, against which the whole chain before it can be checked.
   */
  @WithDefault("1h")
  Duration anchorEvery();
}
