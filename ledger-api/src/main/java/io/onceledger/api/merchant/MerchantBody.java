package io.onceledger.api.merchant;

import io.onceledger.api.json.JsonFields;
import io.onceledger.core.money.Money;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of {@code POST /v1/merchants}. A record for its schema too. */
@Schema(name = "MerchantRequest", additionalProperties = Schema.False.class)
record MerchantBody(
    @Schema(required = true, minLength = 1, maxLength = LONGEST_NAME) String name,
    @Schema(
            minimum = "0",
            maximum = "10000",
            defaultValue = "0",
            description = "The fee's share of each charge, in 1/100 of a percent",
            examples = "290")
        int feeBasisPoints,
    @Schema(
            nullable = true,
            description = "The fee's fixed part by currency, in minor units; none elsewhere",
            examples = "{\"USD\": 30}")
        SortedMap<String, Long> feeFixed) {

  private static final int LONGEST_NAME = 200;
  private static final int WHOLE = 10_000;

  /** The merchant in {@code fields}; whatever is not one is refused, all errors at once. */
  static MerchantBody read(JsonFields fields) {
    MerchantBody body =
        new MerchantBody(
            fields.text("name", LONGEST_NAME),
            (int) fields.optionalInteger("fee_basis_points", 0, WHOLE, 0),
            fields.integers(
                "fee_fixed",
                Money::isCurrencyInUse,
                "currencies in use (ISO 4217), such as USD",
                0,
                Money.LARGEST_AMOUNT));
    fields.done();
    return body;
  }
}
