package io.onceledger.mockprocessor.idempotency;

import io.onceledger.mockprocessor.effect.Instruction;
import io.onceledger.mockprocessor.effect.Result;

/** What is known of one key since its first use. */
public final class RememberedKey {
  private final long firstUsedMillis;
  private int attempts;
  private Pin pin = Pin.NOTHING;
  private Instruction bound;
  private Result latest;

  RememberedKey(long firstUsedMillis) {
    this.firstUsedMillis = firstUsedMillis;
  }

  boolean expired(long nowMillis, long retentionMillis) {
    return nowMillis - firstUsedMillis >= retentionMillis;
  }

  public Verdict verdict(Instruction asked) {
    return Verdict.of(pin, bound, asked);
  }

  public boolean canceled() {
    return pin == Pin.TOMBSTONE;
  }

  /** How many requests have come with this key, whatever became of them. */
  public int attempts() {
    return attempts;
  }

  /** The last result under this key, pinned or not; null if there is none. */
  public Result latest() {
    return latest;
  }

  /** The last result that happened at or before an instant; null if there is none. */
  public Result latestUntil(long millis) {
    Result result = latest;
    while (result != null && result.atMillis() > millis) {
      result = result.earlier();
    }
    return result;
  }

  public void attempted() {
    attempts++;
  }

  /** Adds a result and binds the key as told. */
  public void settle(Result result, Pin as) {
    latest = result;
    bind(as, result.instruction());
  }

  /** Binds the key, unless to nothing: then it stays as it is. */
  public void bind(Pin as, Instruction instruction) {
    if (as != Pin.NOTHING) {
      pin = as;
      bound = instruction;
    }
  }
}
