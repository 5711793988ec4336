package io.onceledger.api.merchant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.merchant.Merchants.KnownKey;
import io.onceledger.core.merchant.Merchants.NewKey;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A key of a merchant; with the key itself only in the answer that made it. */
@Schema(
    name = "ApiKey",
    requiredProperties = {"id", "object", "hint", "created_at", "revoked_at"})
@JsonPropertyOrder({"id", "object", "hint", "created_at", "revoked_at", "key"})
record ApiKeyView(
    @Schema(examples = "key_01kagjq1p3e9gsxy3q6rr4c1ew") String id,
    @Schema(enumeration = "api_key") String object,
    @Schema(description = "Its last characters") String hint,
    Instant createdAt,
    @Schema(nullable = true, description = "From when on it is refused") Instant revokedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Shown once, when it is made: store it now")
        String key) {

  private static final String OBJECT = "api_key";

  static ApiKeyView of(KnownKey key) {
    return view(key, null);
  }

  static ApiKeyView of(NewKey made) {
    return view(made.key(), made.secret());
  }

  private static ApiKeyView view(KnownKey key, String secret) {
    return new ApiKeyView(
        PublicId.API_KEY.text(key.id()),
        OBJECT,
        key.hint(),
        key.createdAt(),
        key.revokedAt(),
        secret);
  }
}
