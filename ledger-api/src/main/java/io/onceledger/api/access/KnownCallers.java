package io.onceledger.api.access;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onceledger.core.merchant.ApiKeys;
import io.onceledger.core.merchant.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Remembers callers by the hash of their key, so that a request costs no look-up. A revoked key,
 * and a changed price, are noticed within {@link #FRESH}; while the database is away, what was
 * known is true for {@link #KEPT}.
 */
@ApplicationScoped
// In a native image Caffeine finds the classes that a cache is made of by name. These follow from
// the settings below; infra/native-check asks for them.
@RegisterForReflection(
    classNames = {
      "com.github.benmanes.caffeine.cache.SSMSW",
      "com.github.benmanes.caffeine.cache.PSWMS"
    })
class KnownCallers {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofSeconds(60);

  /** Bounds the memory that guessed keys can take: some 200 bytes each. */
  private static final int MOST = 10_000;

  private final AsyncLoadingCache<String, Optional<Caller>> fresh;
  private final Cache<String, Optional<Caller>> kept;

  KnownCallers(ApiKeys keys) {
    kept = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
    fresh =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(FRESH)
            .executor(Infrastructure.getDefaultWorkerPool())
            .buildAsync(
                hash -> {
                  Optional<Caller> found = keys.find(hash);
                  kept.put(hash, found);
                  return found;
                });
  }

  /**
   * Who has {@code key}; empty when nobody has. Complete at once when that is known, which it is
   * most of the time; fails when it cannot be found out.
   */
  CompletableFuture<Optional<Caller>> find(String key) {
    String hash = ApiKeys.hash(key);
    return fresh.get(hash).exceptionally(failure -> lastKnown(hash, failure));
  }

  private Optional<Caller> lastKnown(String hash, Throwable failure) {
    Optional<Caller> known = kept.getIfPresent(hash);
    if (known == null) {
      throw new CompletionException(failure);
    }
    return known;
  }
}
