package io.onceledger.core.id;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import java.util.UUID;

/**
 * The kinds of id and their outside form: a TypeID, that is the prefix and the UUID in lower-case
 * Crockford base 32. The SQL function {@code public_id} writes the same.
 */
public enum PublicId {
  CHARGE("ch_"),
  REFUND("re_"),
  EVENT("evt_"),
  ENTRY("le_"),
  MERCHANT("mer_"),
  API_KEY("key_"),
  REVIEW("rev_"),
  RECONCILIATION("rec_"),
  DIFFERENCE("dif_"),
  WEBHOOK_ENDPOINT("we_");

  private static final int SUFFIX_LENGTH = 26;

  private final String prefix;

  PublicId(String prefix) {
    this.prefix = prefix;
  }

  /** A new id: UUID version 7 (RFC 9562), so that rows written together lie together. */
  public static UUID next() {
    return UuidCreator.getTimeOrderedEpoch();
  }

  /** The outside form of {@code id}. */
  public String text(UUID id) {
    return prefix + Ulid.from(id).toLowerCase();
  }

  /**
   * The id that {@code text} is the outside form of. Empty for anything that {@link #text} would
   * not have written, other spellings of the same number included: one id has one name.
   */
  public Optional<UUID> parse(String text) {
    if (text.length() != prefix.length() + SUFFIX_LENGTH || !text.startsWith(prefix)) {
      return Optional.empty();
    }
    String suffix = text.substring(prefix.length());
    if (!Ulid.isValid(suffix)) {
      return Optional.empty();
    }
    UUID id = Ulid.from(suffix).toUuid();
    return text(id).equals(text) ? Optional.of(id) : Optional.empty();
  }
}
