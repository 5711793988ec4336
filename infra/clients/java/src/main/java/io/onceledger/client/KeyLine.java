package io.onceledger.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** A key and its intent, as a line that shows whether it is whole. */
record KeyLine(String key, String intent) {

  private static final int CHECKSUM = 8;

  /** Refuses an intent that would be another one when it is read. */
  KeyLine {
    if (!UTF_8.newEncoder().canEncode(intent)) {
      throw new IllegalArgumentException("an intent has no lone surrogates");
    }
  }

  /** The line in {@code text}, without its end; empty when it is damaged. */
  static Optional<KeyLine> read(String text) {
    String[] parts = text.split(" ", -1);
    return parts.length == 3 && parts[0].equals(checksum(text.substring(CHECKSUM)))
        ? Optional.of(new KeyLine(parts[1], URLDecoder.decode(parts[2], UTF_8)))
        : Optional.empty();
  }

  String write() {
    String content = " " + key + " " + URLEncoder.encode(intent, UTF_8);
    return checksum(content) + content;
  }

  private static String checksum(String content) {
    CRC32 sum = new CRC32();
    sum.update(content.getBytes(UTF_8));
    return HexFormat.of().toHexDigits(sum.getValue(), CHECKSUM);
  }
}
