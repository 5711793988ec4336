package io.onceledger.core.inbox;

import io.onceledger.core.id.PublicId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the processor has said, known to be its words.
 *
 * @param messageId the same at every delivery
 * @param merchantAccount whose money it is, in the outside form
 * @param reference what we called it: the id of a charge or refund
 * @param payment the processor's id of the payment, or of the one refunded or disputed
 * @param amount minor units, positive
 * @param dispute the processor's id of the dispute; null where it is about none
 * @param declineCode its reason to decline; null where it did not, or did not say
 */
public record Notification(
    String messageId,
    NotificationType type,
    String merchantAccount,
    String reference,
    String payment,
    long amount,
    String currency,
    Instant occurredAt,
    String dispute,
    String declineCode) {

  private static final UUID NOBODY = new UUID(0, 0);

  /** The merchant that it names; all zeros when that can be none of ours. */
  UUID merchant() {
    return PublicId.MERCHANT.parse(merchantAccount).orElse(NOBODY);
  }

  /** The id of the charge or refund that it names; empty when that can be none of ours. */
  Optional<UUID> referred() {
    return type.referenceKind().parse(reference);
  }
}
