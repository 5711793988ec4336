package io.onceledger.mockprocessor.idempotency;

import io.onceledger.mockprocessor.effect.Key;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys in use. A key is forgotten, result and tombstone included, when the retention has passed
 * since its first use: then it is new again, which is the danger that real processors pose.
 *
 * <p>Not thread-safe.
 */
public final class RememberedKeys {
  /** More than one per use, so that a backlog of expired keys shrinks. */
  private static final int EVICTIONS_PER_USE = 2;

  /** In the order of first use, hence of expiry, as long as the clock goes forward. */
  private final Map<Key, RememberedKey> byKey = new LinkedHashMap<>();

  private long retentionMillis;

  public RememberedKeys(Duration retention) {
    retainFor(retention);
  }

  /** Applies to the keys already known as well. */
  public void retainFor(Duration retention) {
    retentionMillis = retention.toMillis();
  }

  /** What is known of a key; empty if it was never used or is forgotten. */
  public Optional<RememberedKey> find(Key key, long nowMillis) {
    return Optional.ofNullable(byKey.get(key))
        .filter(known -> !known.expired(nowMillis, retentionMillis));
  }

  /** What is known of a key, which is in use from now on. */
  public RememberedKey use(Key key, long nowMillis) {
    evictOldest(nowMillis);
    RememberedKey known = byKey.get(key);
    if (known != null && !known.expired(nowMillis, retentionMillis)) {
      return known;
    }
    byKey.remove(key);
    RememberedKey fresh = new RememberedKey(nowMillis);
    byKey.put(key, fresh);
    return fresh;
  }

  int size() {
    return byKey.size();
  }

  private void evictOldest(long nowMillis) {
    Iterator<RememberedKey> oldest = byKey.values().iterator();
    for (int i = 0; i < EVICTIONS_PER_USE && oldest.hasNext(); i++) {
      if (!oldest.next().expired(nowMillis, retentionMillis)) {
        return;
      }
      oldest.remove();
    }
  }
}
