package io.onceledger.mockprocessor.notification;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Up to which byte of the journal everything has been sent. A file beside the journal, under the
 * journal's lock; always of one width and written in one write, so that it outlives a kill as the
 * journal does.
 */
final class Bookmark implements Closeable {
  private static final String FILE = "journal.notified";
  private static final int WIDTH = 20;

  private final FileChannel file;
  private long position;

  private Bookmark(FileChannel file, long position) {
    this.file = file;
    this.position = position;
  }

  /**
   * Opens the bookmark in a directory.
   *
   * @param end of the journal: where a new bookmark is put, and one that lies behind it, left over
   *     from a journal that has been moved away
   */
  static Bookmark open(Path directory, long end) throws IOException {
    FileChannel file =
        FileChannel.open(
            directory.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      ByteBuffer text = ByteBuffer.allocate(WIDTH);
      file.read(text, 0);
      String digits = US_ASCII.decode(text.flip()).toString();
      boolean usable = digits.matches("\\d{" + WIDTH + "}") && digits.startsWith("0");
      Bookmark bookmark = new Bookmark(file, usable ? Long.parseLong(digits) : end);
      bookmark.move(Math.min(bookmark.position, end));
      return bookmark;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  long position() {
    return position;
  }

  void move(long to) throws IOException {
    file.write(ByteBuffer.wrap(String.format("%0" + WIDTH + "d", to).getBytes(US_ASCII)), 0);
    position = to;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
