package io.onceledger.mockprocessor.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads a journal in pieces of whole lines, up to the end that it had when the reader was made. May
 * be used while others append, from one thread at a time.
 */
public final class JournalReader implements Closeable {
  /** Many lines, the longest of which is some 5 KiB, and little beside a connection's buffers. */
  static final int PIECE_BYTES = 64 * 1024;

  private final FileChannel file;
  private final long end;
  private long position;

  JournalReader(Path path, long start, long end) throws IOException {
    this.file = FileChannel.open(path, StandardOpenOption.READ);
    this.position = start;
    this.end = end;
  }

  /**
   * The next lines, each with its line feed; an array without elements at the end, or where the
   * last line is torn.
   */
  public byte[] next() throws IOException {
    byte[] piece = new byte[(int) Math.min(PIECE_BYTES, end - position)];
    ByteBuffer buffer = ByteBuffer.wrap(piece);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = file.read(buffer, position + buffer.position());
    }
    int whole = buffer.position();
    while (whole > 0 && piece[whole - 1] != '\n') {
      whole--;
    }
    position += whole;
    return whole == piece.length ? piece : Arrays.copyOf(piece, whole);
  }

  /** How far it has come, in bytes: always the end of a line. */
  public long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
