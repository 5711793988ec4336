package io.onceledger.core.groupcommit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Remembers for a moment which locks could not be had, so that those who need one are answered at
 * once and hold up nobody else. Any thread.
 */
final class HeldLocks {

  /** One try in two seconds finds out soon enough, and costs the others one lock time-out. */
  private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Map<Object, Long> sinceNanos = new ConcurrentHashMap<>();

  void add(Object lock) {
    long now = System.nanoTime();
    sinceNanos.values().removeIf(since -> now - since > REMEMBERED_NANOS);
    sinceNanos.put(lock, now);
  }

  boolean contains(Object lock) {
    Long since = sinceNanos.isEmpty() ? null : sinceNanos.get(lock);
    return since != null && System.nanoTime() - since <= REMEMBERED_NANOS;
  }
}
