package io.onceledger.worker.outbox;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.worker.processor.ProcessorConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.List;

/**
 * What may be spent on retries, so that they neither starve first tries nor fall upon a processor
 * that has just come back: a share of the first tries, and so many a second in any case. A retry is
 * any call for a message that was claimed before. For one thread; others may ask what is left.
 */
final class RetryBudget {

  /** The bucket holds hundredths of a retry: a first try brings less than a whole one. */
  private static final int RETRY = 100;

  private final int percent;
  private final Bucket bucket;

  /**
   * Full at first.
   *
   * @param most may be saved up: as many as can be under way at once
   */
  RetryBudget(ProcessorConfig.Retries retries, int most, TimeMeter clock) {
    if (retries.percent() < 0 || retries.percent() > 1_000 || retries.perSecond() < 1) {
      throw new ConfigurationException(
          "LEDGER_PROCESSOR_RETRIES_PERCENT %d must be between 0 and 1000, and _PER_SECOND %d at least 1: what is never looked up is never known"
              .formatted(retries.percent(), retries.perSecond()));
    }
    this.percent = retries.percent();
    long perSecond = (long) retries.perSecond() * RETRY;
    this.bucket =
        Bucket.builder()
            .withCustomTimePrecision(clock)
            .addLimit(
                limit ->
                    limit
                        .capacity((long) most * RETRY)
                        .refillGreedy(perSecond, Duration.ofSeconds(1)))
            .build();
  }

  /** Retries that may be claimed now. */
  int left() {
    return (int) Math.max(0, bucket.getAvailableTokens() / RETRY);
  }

  /** Takes note of what is called for. */
  void spend(List<ClaimedWork> works) {
    long again = works.stream().filter(RetryBudget::isRetry).count();
    long firsts = works.size() - again;
    if (firsts * percent > 0) {
      bucket.addTokens(firsts * percent);
    }
    if (again > 0) {
      bucket.consumeIgnoringRateLimits(again * RETRY);
    }
  }

  static boolean isRetry(ClaimedWork work) {
    return work.claim().n() > 1;
  }
}
