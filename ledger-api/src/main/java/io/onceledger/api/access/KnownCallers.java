package io.onceledger.api.access;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onceledger.core.merchant.ApiKeys;
import io.onceledger.core.merchant.Caller;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers callers by the hash of their key, so that a request costs no look-up. A revoked key,
 * and a changed price, are noticed within {@link #FRESH} of use, or {@link #KEPT} while the
 * database is away.
 */
@ApplicationScoped
class KnownCallers {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofSeconds(60);

  /** Bounds the memory that guessed keys can take: some 200 bytes each. */
  private static final int MOST = 10_000;

  private final AsyncLoadingCache<String, Optional<Caller>> callers;

  KnownCallers(ApiKeys keys) {
    callers =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .refreshAfterWrite(FRESH)
            .expireAfterWrite(KEPT)
            .executor(Infrastructure.getDefaultWorkerPool())
            .buildAsync(keys::find);
  }

  /** Who has {@code key}; empty when nobody has. Fails when that cannot be found out. */
  Uni<Optional<Caller>> find(String key) {
    return Uni.createFrom().completionStage(callers.get(ApiKeys.hash(key)));
  }
}
