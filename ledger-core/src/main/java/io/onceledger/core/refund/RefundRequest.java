package io.onceledger.core.refund;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.idempotency.Fingerprint;
import io.onceledger.core.idempotency.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a merchant asks to be given back of a charge, validated.
 *
 * @param charge part of the operation: the same key for another charge is another request
 * @param amount minor units of the charge's currency; null for what is left
 * @param reason null when absent
 */
public record RefundRequest(UUID charge, Long amount, String reason)
    implements Request<RefundRequest> {

  @Override
  public Fingerprint fingerprint(int version) {
    if (version != 1) {
      throw new IllegalStateException("no canonical form of refunds has version " + version);
    }
    return Fingerprint.of("POST /v1/charges/" + PublicId.CHARGE.text(charge) + "/refunds")
        .add(amount == null ? null : amount.toString())
        .add(reason)
        .done();
  }

  /** The charge is no field: a request that differs in nothing else has no pointers. */
  @Override
  public List<String> differences(RefundRequest other) {
    List<String> pointers = new ArrayList<>();
    if (!Objects.equals(amount, other.amount)) {
      pointers.add("/amount");
    }
    if (!Objects.equals(reason, other.reason)) {
      pointers.add("/reason");
    }
    return pointers;
  }
}
