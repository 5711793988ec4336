package io.onceledger.core.idempotency;

import io.onceledger.core.id.Resource;
import java.time.Instant;

/**
 * The columns of a resource that never change, from which its receipt is rendered.
 *
 * @param <Q> the request that made it
 */
public interface Receipt<Q> {

  /** The rendering that made the first receipt; later ones are rendered by the same. */
  int version();

  Resource resource();

  /** The idempotency key, unescaped. */
  String key();

  Q request();

  Instant createdAt();
}
