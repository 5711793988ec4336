package io.onceledger.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongSupplier;

/**
 * Holds clients back while a queue is long, as a caller does who reads its depth: the longer the
 * queue, the longer each connection pauses before its next request. So the rate settles at what the
 * queue's workers can do, and the queue at a length of its own.
 */
public final class Gate implements AutoCloseable {
  /** Below this nobody waits: some tenths of a second of work, so that no worker runs dry. */
  private static final long FREE = 2_000;

  /** Each so many messages more are a millisecond of pause. */
  private static final long PER_MILLI = 100;

  private static final long LONGEST_PAUSE = 1_000;
  private static final long EVERY_MILLIS = 250;

  private final Path file;
  private final LongSupplier depth;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins at once.
   *
   * @param depth of the queue; asked by a thread of its own
   */
  public Gate(Path file, LongSupplier depth) {
    this.file = file;
    this.depth = depth;
    write(0);
    thread = new Thread(this::watch, "gate");
    thread.setDaemon(true);
    thread.start();
  }

  /** What clients read. */
  public String file() {
    return file.toString();
  }

  static long pause(long depth) {
    return Math.min(LONGEST_PAUSE, Math.max(0, (depth - FREE) / PER_MILLI));
  }

  /**
   * What it says now.
   *
   * @param otherwise if it cannot be read
   */
  static long read(Path file, long otherwise) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException unreadable) {
      return otherwise;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!closed) {
        write(pause(depth.getAsLong()));
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(long pause) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, pause + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
