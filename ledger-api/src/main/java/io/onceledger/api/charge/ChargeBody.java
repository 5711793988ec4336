package io.onceledger.api.charge;

import io.onceledger.api.json.JsonFields;
import io.onceledger.core.charge.ChargeRequest;
import io.onceledger.core.money.Money;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /v1/charges}. A record for its schema; it is read by {@link #read}. */
@Schema(name = "ChargeRequest", additionalProperties = Schema.False.class)
record ChargeBody(
    @Schema(
            required = true,
            minimum = "1",
            maximum = "99999999999",
            description = "Integer in minor units: 1000 is 10.00 USD",
            examples = "1000")
        long amount,
    @Schema(
            required = true,
            pattern = "^[A-Z]{3}$",
            description = "ISO 4217, in use",
            examples = "USD")
        String currency,
    @Schema(required = true, pattern = "^[A-Za-z0-9_]{1,64}$", examples = "pm_card_visa")
        String paymentMethod,
    @Schema(maxLength = LONGEST_TEXT, nullable = true) String description,
    @Schema(
            nullable = true,
            maxProperties = MOST_METADATA,
            description = "Names of 1 to 40 characters, values of at most 500")
        Map<String, String> metadata) {

  private static final int LONGEST_TEXT = 500;
  private static final int MOST_METADATA = 50;
  private static final int LONGEST_METADATA_NAME = 40;

  /** The request in {@code fields}; whatever is not one is refused, all errors at once. */
  static ChargeRequest read(JsonFields fields) {
    ChargeRequest request =
        new ChargeRequest(
            fields.integer("amount", 1, Money.LARGEST_AMOUNT),
            fields.text(
                "currency", Money::isCurrencyForm, "three capital letters (ISO 4217), such as USD"),
            fields.text(
                "payment_method",
                ChargeBody::isPaymentMethod,
                "1 to 64 characters A-Z, a-z, 0-9 and _"),
            fields.optionalText("description", LONGEST_TEXT),
            fields.texts("metadata", MOST_METADATA, LONGEST_METADATA_NAME, LONGEST_TEXT));
    fields.done();
    return request;
  }

  private static boolean isPaymentMethod(String text) {
    return !text.isEmpty()
        && text.length() <= 64
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || (c >= '0' && c <= '9')
                        || c == '_');
  }
}
