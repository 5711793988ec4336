package io.onceledger.core.settlement;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Splits a file into lines and never holds more than one of them, cut at a bound: a file that is
 * one endless line takes no more memory than any other.
 */
final class FileLines {

  /** A line of this report has 200 bytes; with the longest ids it has below 1,000. */
  static final int LONGEST = 4_096;

  /**
   * A line.
   *
   * @param text empty when it is too long, or is not UTF-8
   * @param ended whether a line feed followed; a carriage return before it is no part of the text
   */
  record Line(long number, Optional<String> text, boolean ended) {}

  private final InputStream file;
  private long number;

  FileLines(InputStream file) {
    this.file = new BufferedInputStream(file, 64 * 1024);
  }

  /** The next line; null after the last. */
  Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    long length = 0;
    int next = file.read();
    while (next >= 0 && next != '\n') {
      if (length++ < LONGEST) {
        line.write(next);
      }
      next = file.read();
    }
    if (next < 0 && length == 0) {
      return null;
    }
    return new Line(
        ++number, length > LONGEST ? Optional.empty() : decode(line.toByteArray()), next == '\n');
  }

  private static Optional<String> decode(byte[] line) {
    int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
    try {
      // A new decoder reports what is malformed; String would replace it.
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
