package io.onceledger.api.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.onceledger.api.problem.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Lets each merchant send so many requests a second, so that one cannot take the others' share. A
 * token bucket for each merchant in each API process: behind a balancer the sum is that of the
 * processes.
 */
@ApplicationScoped
// Found by name in a native image, see KnownCallers.
@RegisterForReflection(
    classNames = {
      "com.github.benmanes.caffeine.cache.SSA",
      "com.github.benmanes.caffeine.cache.PSA"
    })
class RateLimit {

  /** A bucket is full again after a second without use: forgetting it then changes nothing. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final OptionalInt perSecond;
  private final LoadingCache<UUID, Bucket> buckets;

  RateLimit(RateLimitConfig config) {
    perSecond = config.requestsPerSecond();
    if (perSecond.isPresent() && perSecond.getAsInt() < 1) {
      throw new IllegalArgumentException("LEDGER_RATE_LIMIT must be at least 1, or absent");
    }
    buckets = Caffeine.newBuilder().expireAfterAccess(KEPT).build(merchant -> full());
  }

  /**
   * Takes one request from what the merchant has left.
   *
   * @throws Refusal {@code rate-limited}, with the seconds after which there is more
   */
  void admit(UUID merchant) {
    if (perSecond.isEmpty()) {
      return;
    }
    ConsumptionProbe probe = buckets.get(merchant).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Refusal.rateLimited(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private Bucket full() {
    int requests = perSecond.getAsInt();
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, Duration.ofSeconds(1)))
        .build();
  }
}
