package io.onceledger.api.ledger;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.ledger.LedgerEntry;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry as it is answered; the amount in minor units of its currency. */
@Schema(name = "LedgerEntry")
public record EntryView(
    String id,
    @Schema(enumeration = "ledger_entry") String object,
    String kind,
    String debitAccount,
    String creditAccount,
    long amount,
    String currency,
    @Schema(nullable = true) String charge,
    @Schema(nullable = true) String refund,
    Instant postedAt) {

  /** As it was posted. */
  public static EntryView of(LedgerEntry entry) {
    return new EntryView(
        PublicId.ENTRY.text(entry.id),
        "ledger_entry",
        entry.kind,
        entry.debitAccount,
        entry.creditAccount,
        entry.amount,
        entry.currency,
        text(PublicId.CHARGE, entry.chargeId),
        text(PublicId.REFUND, entry.refundId),
        entry.postedAt);
  }

  private static String text(PublicId kind, UUID id) {
    return id == null ? null : kind.text(id);
  }
}
