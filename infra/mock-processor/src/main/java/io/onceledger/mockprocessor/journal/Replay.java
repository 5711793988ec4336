package io.onceledger.mockprocessor.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a journal back at start. */
final class Replay {
  private Replay() {}

  /**
   * Hands over every whole line and returns where the last of them ends.
   *
   * @throws IOException if a line with a line feed is no entry, or what follows the last line feed
   *     is longer than any entry: that is damage, not a crash
   */
  static long of(Path path, Consumer<Entry> entries) throws IOException {
    long size = Files.size(path);
    try (JournalReader reader = new JournalReader(path, 0, size)) {
      byte[] piece = reader.next();
      while (piece.length > 0) {
        try {
          Lines.forEach(
              piece,
              (bytes, from, length) -> entries.accept(EntryReader.read(bytes, from, length)));
        } catch (IOException e) {
          throw damaged(path, reader, e);
        }
        piece = reader.next();
      }
      if (size - reader.position() >= JournalReader.PIECE_BYTES) {
        throw damaged(path, reader, null);
      }
      return reader.position();
    }
  }

  private static IOException damaged(Path path, JournalReader reader, IOException cause) {
    return new IOException(
        path + " is damaged around byte " + reader.position() + "; move it away", cause);
  }
}
