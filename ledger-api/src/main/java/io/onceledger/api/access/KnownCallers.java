package io.onceledger.api.access;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onceledger.core.merchant.ApiKeys;
import io.onceledger.core.merchant.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
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
// In a native image Caffeine finds the classes that a cache is made of by name, and
// quarkus-caffeine
// knows only the commonest. These follow from the settings below; infra/native-check asks for them.
@RegisterForReflection(
    classNames = {
      "com.github.benmanes.caffeine.cache.SSMSWR",
      "com.github.benmanes.caffeine.cache.PSWRMW"
    })
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
