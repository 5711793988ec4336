package io.onceledger.api.refund;

import io.onceledger.api.json.JsonFields;
import io.onceledger.core.money.Money;
import io.onceledger.core.refund.RefundRequest;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /v1/charges/{id}/refunds}. A record for its schema too. */
@Schema(name = "RefundRequest", additionalProperties = Schema.False.class)
record RefundBody(
    @Schema(
            nullable = true,
            minimum = "1",
            maximum = "99999999999",
            description = "Integer in minor units of the charge's currency; absent: what is left",
            examples = "400")
        Long amount,
    @Schema(nullable = true, maxLength = LONGEST_TEXT, examples = "Returned one of two")
        String reason) {

  private static final int LONGEST_TEXT = 500;

  /** The request in {@code fields}; whatever is not one is refused, all errors at once. */
  static RefundRequest read(UUID charge, JsonFields fields) {
    Long amount = fields.optionalInteger("amount", 1, Money.LARGEST_AMOUNT);
    String reason = fields.optionalText("reason", LONGEST_TEXT);
    fields.done();
    return new RefundRequest(charge, amount, reason);
  }
}
