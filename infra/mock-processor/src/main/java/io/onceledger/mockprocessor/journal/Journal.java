package io.onceledger.mockprocessor.journal;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The journal's file. An entry that {@link #append} returned from is in the page cache: it outlives
 * this process, however that ends, though not the machine (money here is not real, and an fsync
 * would cost more than all the rest). A line torn by a crash was never answered; it is dropped at
 * the next start.
 *
 * <p>One process at a time: the lock is on a file beside it, since POSIX drops a lock as soon as
 * any descriptor of the locked file is closed. Not thread-safe, but for {@link #reader()}'s
 * readers.
 */
public final class Journal implements Closeable {
  private static final String FILE = "journal.ndjson";
  private static final String LOCK = "journal.lock";

  private final Path path;
  private final FileChannel lock;
  private final FileChannel file;
  private final Line line = new Line();
  private long length;

  private Journal(Path path, FileChannel lock, FileChannel file, long length) {
    this.path = path;
    this.lock = lock;
    this.file = file;
    this.length = length;
  }

  /**
   * Opens the journal in a directory, made if there is none, and replays it.
   *
   * @param replay gets every entry, oldest first
   * @throws IOException if another process has it open, or a line before the last cannot be read
   */
  public static Journal open(Path directory, Consumer<Entry> replay) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve(FILE);
    FileChannel lock =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      acquire(lock, directory);
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      long whole = Replay.of(path, replay);
      file.truncate(whole);
      return new Journal(path, lock, file, whole);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Writes an entry, in one write.
   *
   * @throws UncheckedIOException if it could not be written whole; then it is not in the journal
   */
  public void append(Entry entry) {
    try {
      line.reset();
      EntryWriter.write(entry, line);
      ByteBuffer bytes = line.bytes();
      long end = length + bytes.remaining();
      while (bytes.hasRemaining()) {
        file.write(bytes, end - bytes.remaining());
      }
      length = end;
    } catch (IOException e) {
      dropTornLine();
      throw new UncheckedIOException(e);
    }
  }

  /** Where the next entry will begin, in bytes. */
  public long end() {
    return length;
  }

  /** A reader of all that has been appended until now. */
  public JournalReader reader() throws IOException {
    return readerFrom(0);
  }

  /** A reader of what has been appended until now, from the start of a line on. */
  public JournalReader readerFrom(long position) throws IOException {
    return new JournalReader(path, position, length);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    file.close();
    lock.close();
  }

  private static void acquire(FileChannel lock, Path directory) throws IOException {
    FileLock acquired;
    try {
      acquired = lock.tryLock();
    } catch (OverlappingFileLockException e) {
      acquired = null;
    }
    if (acquired == null) {
      throw new IOException("another process has the journal in " + directory + " open");
    }
  }

  private void dropTornLine() {
    try {
      file.truncate(length);
    } catch (IOException e) {
      // The next append overwrites it, and the next start drops it.
    }
  }

  /** Lends its bytes instead of copying them. */
  private static final class Line extends ByteArrayOutputStream {
    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
