package io.onceledger.api.page;

import io.onceledger.core.database.Instants;
import io.onceledger.core.idempotency.Fingerprint;
import io.onceledger.core.page.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The place where a page ended, as a text. It ends with a digest of the place, the merchant and the
 * filters: a cursor that was changed, or belongs to another list, is not read as some other place.
 */
final class Cursor {

  private static final int BODY = 3 * Long.BYTES;
  private static final int DIGEST = 8;

  private Cursor() {}

  /**
   * Writes one.
   *
   * @param list everything that the place depends on
   */
  static String write(Position position, String list) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BODY + DIGEST)
            .putLong(micros(position.time()))
            .putLong(position.id().getMostSignificantBits())
            .putLong(position.id().getLeastSignificantBits());
    bytes.put(digest(bytes, list));
    return text(bytes.array());
  }

  /** The place in {@code text}; empty unless {@link #write} made it for the same list. */
  static Optional<Position> read(String text, String list) {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    // The last character has bits to spare: decoding ignores them, and padding too.
    if (decoded.length != BODY + DIGEST || !text(decoded).equals(text)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(decoded);
    byte[] expected = digest(bytes, list);
    if (!Arrays.equals(decoded, BODY, BODY + DIGEST, expected, 0, DIGEST)) {
      return Optional.empty();
    }
    Instant time = Instant.EPOCH.plus(bytes.getLong(0), ChronoUnit.MICROS);
    UUID id = new UUID(bytes.getLong(Long.BYTES), bytes.getLong(2 * Long.BYTES));
    // The digest is no secret: whoever makes one up gets no further than what may be asked for.
    return Optional.of(new Position(time, id)).filter(place -> Instants.isWritable(time));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Since the epoch. {@link ChronoUnit#between} would count nanoseconds first, and overflow. */
  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  private static byte[] digest(ByteBuffer place, String list) {
    byte[] whole =
        Fingerprint.of(list)
            .add(place.getLong(0))
            .add(place.getLong(Long.BYTES))
            .add(place.getLong(2 * Long.BYTES))
            .done()
            .bytes();
    return Arrays.copyOf(whole, DIGEST);
  }
}
