package io.onceledger.api.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.OptionalInt;

/** How much one merchant may ask for: {@code LEDGER_RATE_LIMIT}. */
@ConfigMapping(prefix = "ledger.rate-limit")
interface RateLimitConfig {

  /** Requests per second, merchant and API process; as many at once. Absent: no limit. */
  @WithParentName
  OptionalInt requestsPerSecond();
}
