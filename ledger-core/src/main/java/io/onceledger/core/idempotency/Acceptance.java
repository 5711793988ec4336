package io.onceledger.core.idempotency;

import io.onceledger.core.id.PublicId;
import java.util.List;
import java.util.UUID;

/**
 * What became of a delivery under a key. All but {@link Refused} are committed.
 *
 * @param <R> the receipt
 */
public sealed interface Acceptance<R> {

  /** The first of its key: what it asked for exists now. */
  record Executed<R>(R receipt) implements Acceptance<R> {}

  /** A repeat: what the first delivery made. */
  record Replayed<R>(R receipt) implements Acceptance<R> {}

  /**
   * The key was used for something else.
   *
   * @param kind of the first resource
   * @param first the first resource
   * @param pointers the fields that differ; none when the first request was another operation
   */
  record Mismatched<R>(PublicId kind, UUID first, List<String> pointers) implements Acceptance<R> {
    /** Keeps its own copy of the pointers. */
    public Mismatched {
      pointers = List.copyOf(pointers);
    }
  }

  /** The key is new, and today the request cannot be executed; nothing was written. */
  record Refused<R>(Reason reason) implements Acceptance<R> {}

  /** Why a first delivery is not executed: what depends on time or state, never on the key. */
  interface Reason {}
}
