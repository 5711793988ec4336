package io.onceledger.api.merchant;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.merchant.Merchants.NewMerchant;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A merchant that was just made, with its first key, which is shown only here. */
@Schema(name = "NewMerchant")
@JsonPropertyOrder({
  "id",
  "object",
  "name",
  "fee_basis_points",
  "fee_fixed",
  "created_at",
  "key",
  "key_id"
})
record MerchantView(
    @Schema(examples = "mer_01kagjq1p3e9gsxy3q6rr4c1ew") String id,
    @Schema(enumeration = "merchant") String object,
    String name,
    int feeBasisPoints,
    SortedMap<String, Long> feeFixed,
    Instant createdAt,
    @Schema(description = "Shown once: store it now") String key,
    @Schema(description = "Names the key for rotation and revocation") String keyId) {

  private static final String OBJECT = "merchant";

  static MerchantView of(NewMerchant made) {
    return new MerchantView(
        PublicId.MERCHANT.text(made.merchant().id()),
        OBJECT,
        made.name(),
        made.merchant().feeBasisPoints(),
        new TreeMap<>(made.merchant().feeFixed()),
        made.createdAt(),
        made.key().secret(),
        PublicId.API_KEY.text(made.key().key().id()));
  }
}
