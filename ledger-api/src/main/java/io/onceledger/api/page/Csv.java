package io.onceledger.api.page;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.List;

/** The second form of what is to be had as JSON or, whole, as a file (RFC 4180). */
public final class Csv {

  /** What a caller accepts who wants the file. */
  public static final String TYPE = "text/csv";

  /** What the file is sent as. */
  public static final MediaType UTF_8 = new MediaType("text", "csv", "utf-8");

  private static final List<Variant> FORMS =
      Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(TYPE)).build();

  private Csv() {}

  /**
   * Whether the caller prefers the file. An {@code Accept} that cannot be read or granted is
   * refused before; only an empty one, or an empty value in one, is not, and cannot be read here
   * either.
   */
  public static boolean isPreferredBy(Request request) {
    try {
      Variant best = request.selectVariant(FORMS);
      return best != null && best.getMediaType().isCompatible(UTF_8);
    } catch (IllegalArgumentException | IndexOutOfBoundsException empty) {
      return false;
    }
  }
}
