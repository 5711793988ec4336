package io.onceledger.api.ledger;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.ledger.LedgerEntry;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry as it is answered; the amount in minor units of its currency. */
@Schema(name = "Entry")
public record EntryView(
    @Schema(examples = "le_01kagjq304f7drcsrgxr7vv4fd") String id,
    @Schema(enumeration = "ledger_entry") String object,
    @Schema(description = "What happened; the list may grow", examples = "charge") String kind,
    @Schema(examples = "processor_receivable") String debitAccount,
    @Schema(examples = "merchant_payable") String creditAccount,
    @Schema(minimum = "1", description = "In minor units") long amount,
    @Schema(description = "ISO 4217", examples = "USD") String currency,
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
