package io.onceledger.worker.outbox;

import io.onceledger.core.processor.Expiry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** What is done with charges, whatever the processor promises: {@code LEDGER_CHARGE_…}. */
@ConfigMapping(prefix = "ledger.charge")
interface ChargeConfig {

  /** After which a charge that provably was never sent is canceled; default: never. */
  Optional<Duration> maxAge();

  /**
   * When charges expire.
   *
   * @throws ConfigurationException when none could ever be sent
   */
  default Expiry checkedExpiry() {
    maxAge()
        .filter(age -> age.isZero() || age.isNegative())
        .ifPresent(
            age -> {
              throw new ConfigurationException(
                  "LEDGER_CHARGE_MAX_AGE %s must be more than nothing: every charge would be canceled"
                      .formatted(age));
            });
    return maxAge().map(Expiry::new).orElse(Expiry.NEVER);
  }
}
