package io.onceledger.core.idempotency;

import java.util.List;

/**
 * What a client asks for under a key, validated.
 *
 * @param <Q> itself
 */
public interface Request<Q extends Request<Q>> {

  /**
   * The canonical form of a version, digested. Who changes the form keeps the old one under its
   * number: a stored key is compared in the form that it was stored in.
   *
   * @throws IllegalStateException when there never was such a version
   */
  Fingerprint fingerprint(int version);

  /** JSON pointers (RFC 6901) of the fields in which {@code other} differs, in their order. */
  List<String> differences(Q other);
}
