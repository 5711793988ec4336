package io.onceledger.worker.reconciliation;

import io.onceledger.core.reconciliation.ReconciliationTerms;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;

/** How reports are held against the books: {@code LEDGER_RECONCILIATION_…}. */
@ConfigMapping(prefix = "ledger.reconciliation")
interface ReconciliationConfig {

  /** Whether yesterday is reconciled each day, whoever asks for it or not. */
  @WithDefault("true")
  boolean daily();

  /** From when on, in UTC: late enough for the processor to have closed its day. */
  @WithDefault("04:00")
  LocalTime dailyAt();

  /**
   * By how much a report has to be younger than a success that it lacks. A processor that reports
   * days later needs days here.
   */
  @WithDefault("1m")
  Duration missingAfter();

  /** By how much the processor's midnight may differ from ours. */
  @WithDefault("5m")
  Duration grace();

  /** After which the run of a worker that died moves on; a batch takes a fraction of a second. */
  @WithDefault("60s")
  Duration lease();

  /** Between two looks for a run. */
  @WithDefault("1s")
  Duration idlePause();

  /**
   * The times by which runs are made.
   *
   * @throws ConfigurationException when a report that pauses would lose its run
   */
  default ReconciliationTerms checkedTerms(Duration reportStall) {
    if (reportStall.multipliedBy(2).compareTo(lease()) > 0) {
      throw new ConfigurationException(
          "LEDGER_PROCESSOR_REPORT_STALL %s must be at most half of LEDGER_RECONCILIATION_LEASE %s: a report that pauses would lose its run"
              .formatted(reportStall, lease()));
    }
    return new ReconciliationTerms(lease(), missingAfter(), grace());
  }
}
