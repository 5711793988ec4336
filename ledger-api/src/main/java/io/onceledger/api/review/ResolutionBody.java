package io.onceledger.api.review;

import io.onceledger.api.json.JsonFields;
import io.onceledger.core.charge.Status;
import io.onceledger.core.review.Decision;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /v1/ops/reviews/{id}/resolve}. A record for its schema too. */
@Schema(name = "Resolution", additionalProperties = Schema.False.class)
record ResolutionBody(
    @Schema(
            required = true,
            enumeration = {"succeeded", "declined", "canceled"},
            description = "What became of it at the processor")
        String status,
    @Schema(
            nullable = true,
            minLength = 1,
            maxLength = 200,
            pattern = "^[!-~]+$",
            description =
                "The processor's id of the payment or refund: required with succeeded, absent with"
                    + " canceled",
            examples = "pay_01kagjq2zzf6v8m1s0d6n4t3hc")
        String processorPayment,
    @Schema(
            required = true,
            minLength = 1,
            maxLength = LONGEST_NOTE,
            description = "How you found out",
            examples = "Settled in the processor's dashboard")
        String note) {

  private static final int LONGEST_NOTE = 1_000;
  private static final Predicate<String> VISIBLE =
      Pattern.compile("[!-~]{1,200}").asMatchPredicate();
  private static final String VISIBLE_TEXT = "a text of 1 to 200 visible ASCII characters";

  /** The decision in {@code fields}, by the operator with this key; all errors at once. */
  static Decision read(JsonFields fields, UUID operator) {
    Optional<Status> status =
        Status.parse(
            fields.text(
                "status",
                text -> Status.parse(text).filter(Status::isFinal).isPresent(),
                "succeeded, declined or canceled"));
    String payment =
        switch (status.orElse(Status.DECLINED)) {
          case SUCCEEDED -> fields.text("processor_payment", VISIBLE, VISIBLE_TEXT);
          case CANCELED ->
              fields.optionalText(
                  "processor_payment", text -> false, "absent: what is canceled has no payment");
          default -> fields.optionalText("processor_payment", VISIBLE, VISIBLE_TEXT);
        };
    String note = fields.text("note", LONGEST_NOTE);
    fields.done();
    return new Decision(status.orElseThrow(), payment, note, operator);
  }
}
