package io.onceledger.core.idempotency;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.idempotency.Acceptance.Mismatched;
import io.onceledger.core.idempotency.Acceptance.Replayed;
import java.util.List;
import java.util.UUID;

/**
 * What an idempotency key stands for. The only place that decides what a later delivery is.
 *
 * @param <Q> the request of the operation that asks
 * @param <R> the receipt of that operation
 */
public sealed interface Named<Q extends Request<Q>, R extends Receipt<Q>> {

  /** What the same or another request is under this key: {@link Replayed} or {@link Mismatched}. */
  default Acceptance<R> decide(Q later) {
    return decide(later, later.fingerprint(Fingerprint.VERSION));
  }

  /**
   * What a delivery is that did not write this key. Or did: the commit of its batch was cut off,
   * and the batch is run again. Then it is still the first one.
   */
  default Acceptance<R> decide(Delivery<Q> delivery) {
    return decide(delivery.request(), delivery.fingerprint());
  }

  /**
   * As {@link #decide(Request)}.
   *
   * @param digest of {@code later}, in the canonical form of today
   */
  Acceptance<R> decide(Q later, Fingerprint digest);

  /**
   * The first request was one of this operation.
   *
   * @param fingerprint of that request, in the canonical form of its time
   */
  record First<Q extends Request<Q>, R extends Receipt<Q>>(Fingerprint fingerprint, R receipt)
      implements Named<Q, R> {
    @Override
    public Acceptance<R> decide(Delivery<Q> delivery) {
      return receipt.resource().id().equals(delivery.proposedId())
          ? new Executed<>(receipt)
          : decide(delivery.request(), delivery.fingerprint());
    }

    @Override
    public Acceptance<R> decide(Q later, Fingerprint digest) {
      Fingerprint inItsForm =
          digest.version() == fingerprint.version()
              ? digest
              : later.fingerprint(fingerprint.version());
      return inItsForm.equals(fingerprint)
          ? new Replayed<>(receipt)
          : new Mismatched<>(
              receipt.resource().kind(),
              receipt.resource().id(),
              receipt.request().differences(later));
    }
  }

  /** The first request was one of another operation, which made this resource. */
  record Other<Q extends Request<Q>, R extends Receipt<Q>>(PublicId kind, UUID id)
      implements Named<Q, R> {
    @Override
    public Acceptance<R> decide(Q later, Fingerprint digest) {
      return new Mismatched<>(kind, id, List.of());
    }

    /** By {@code idempotency_key.resource_type}. */
    public static <Q extends Request<Q>, R extends Receipt<Q>> Named<Q, R> of(
        String resourceType, UUID id) {
      return new Other<>(
          switch (resourceType) {
            case "charge" -> PublicId.CHARGE;
            case "refund" -> PublicId.REFUND;
            default -> throw new IllegalStateException("a key of a newer version: " + resourceType);
          },
          id);
    }
  }
}
