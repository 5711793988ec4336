package io.onceledger.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys in a file, to which lines are only ever added. A key is returned after its line was synced
 * to the disk; a line that a crash cut off, which nobody can have been given, gives way to the next
 * one. A lock on the file lets in one process at a time.
 *
 * <p>Costs one sync for a new intent, nothing for a known one, and memory for all of them. For
 * millions of intents a table in the application's own database, written in the transaction that
 * decides on the intent, is the better {@link KeyStore}.
 */
public final class FileKeyStore implements KeyStore {

  /** File locks are held by a process as a whole; among its threads this decides. */
  private static final Object PROCESS = new Object();

  private final Path file;
  private final Map<String, String> keys = new ConcurrentHashMap<>();

  /** Where the lines end that were read so far. */
  private long end;

  /** Opens nothing yet; {@code file} is made when it is not there, in a directory that is. */
  public FileKeyStore(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public String keyFor(String intent) {
    String known = keys.get(intent);
    return known != null ? known : findOrMake(intent);
  }

  private String findOrMake(String intent) {
    synchronized (PROCESS) {
      try (FileChannel channel = open()) {
        // Until the channel is closed.
        channel.lock();
        readOn(channel);
        if (!keys.containsKey(intent)) {
          append(channel, new KeyLine(UUID.randomUUID().toString(), intent));
        }
        return keys.get(intent);
      } catch (IOException e) {
        throw new UncheckedIOException("no key can be kept in " + file, e);
      }
    }
  }

  private FileChannel open() throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (end == 0) {
      syncDirectory();
    }
    return channel;
  }

  /** A new file is lost with its name. */
  private void syncDirectory() throws IOException {
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (AccessDeniedException e) {
      // Windows has no way to say it, and no need.
      return;
    }
  }

  /** Takes in what other processes have added, and syncs it: they may have died before they did. */
  private void readOn(FileChannel channel) throws IOException {
    String[] lines = read(channel).split("\n", -1);
    // What follows the last end of a line is nothing, or was cut off.
    for (int i = 0; i < lines.length - 1; i++) {
      Optional<KeyLine> line = KeyLine.read(lines[i]);
      if (line.isPresent()) {
        keys.put(line.get().intent(), line.get().key());
        end += lines[i].getBytes(UTF_8).length + 1L;
      } else if (i < lines.length - 2) {
        throw new IOException("a line is damaged that is not the last one: restore the file");
      }
    }
    if (lines.length > 1) {
      channel.force(true);
    }
  }

  private String read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - end));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, end + bytes.position()) < 0) {
        throw new IOException("it became shorter while it was locked");
      }
    }
    return new String(bytes.array(), UTF_8);
  }

  private void append(FileChannel channel, KeyLine line) throws IOException {
    channel.truncate(end);
    ByteBuffer bytes = ByteBuffer.wrap((line.write() + "\n").getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes, end + bytes.position());
    }
    channel.force(true);
    end += bytes.limit();
    keys.put(line.intent(), line.key());
  }
}
