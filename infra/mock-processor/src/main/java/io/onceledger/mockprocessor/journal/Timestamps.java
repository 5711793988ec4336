package io.onceledger.mockprocessor.journal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as UTC with six digits: of one width, so that text order is time order. */
public final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final int WIDTH = "2026-01-31T00:00:00.000000Z".length();

  private Timestamps() {}

  public static String write(Instant instant) {
    return FORMAT.format(instant);
  }

  /**
   * Reads what {@link #write} wrote. By position, since a replay reads millions of them and a
   * formatter takes longer for one than for the rest of its line.
   *
   * @throws RuntimeException if it is nothing of the kind
   */
  public static Instant read(String text) {
    if (text.length() != WIDTH || text.charAt(WIDTH - 1) != 'Z') {
      throw new IllegalArgumentException("not a timestamp: " + text);
    }
    return LocalDateTime.of(
            digits(text, 0, 4),
            digits(text, 5, 7),
            digits(text, 8, 10),
            digits(text, 11, 13),
            digits(text, 14, 16),
            digits(text, 17, 19),
            digits(text, 20, 26) * 1_000)
        .toInstant(ZoneOffset.UTC);
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
