package io.onceledger.api.outbox;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reads something at most once in a while, failures included. Whoever comes during a reading waits
 * for it, so that there is one at a time.
 */
public final class Remembered<T> {

  private final Supplier<Optional<T>> source;
  private final long freshNanos;
  private final LongSupplier nanoTime;
  private Optional<T> last = Optional.empty();
  private boolean wasRead;
  private long readAt;

  /** Reads {@code source} when what it said last is older than {@code freshFor}. */
  public Remembered(Supplier<Optional<T>> source, Duration freshFor, LongSupplier nanoTime) {
    this.source = source;
    this.freshNanos = freshFor.toNanos();
    this.nanoTime = nanoTime;
  }

  /** What was read last, now or not long ago; empty when that failed. */
  public synchronized Optional<T> get() {
    if (!wasRead || nanoTime.getAsLong() - readAt >= freshNanos) {
      last = source.get();
      readAt = nanoTime.getAsLong();
      wasRead = true;
    }
    return last;
  }
}
