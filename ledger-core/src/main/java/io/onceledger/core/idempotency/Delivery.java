package io.onceledger.core.idempotency;

import java.util.UUID;

/**
 * A request that came in under a key.
 *
 * @param <Q> the request
 */
public interface Delivery<Q extends Request<Q>> {

  IdempotencyKey name();

  /** The resource's id if this delivery turns out to be the first of its key. */
  UUID proposedId();

  Q request();

  /** Of the request, in the canonical form of today. */
  Fingerprint fingerprint();
}
