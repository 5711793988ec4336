package io.onceledger.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One server for a whole Maven build: the first test JVM starts it, later ones attach.
 *
 * <p>A keeper process holds it and stops it, data and all, when the build process ends. With the
 * environment variable {@code LEDGER_TEST_DATABASE_URL} (JDBC, a superuser's, PostgreSQL 15 or
 * newer) that server is used instead and left alone.
 *
 * <p>The tests of one build share it: make a database of your own, with a name of your own.
 */
public final class SharedPostgres {
  private static final String FOREIGN = System.getenv("LEDGER_TEST_DATABASE_URL");

  /** Only two class loaders of one JVM meet here; the other one is starting a server. */
  private static final long OTHER_CLASS_LOADER_MILLIS = 50;

  private static ServerAddress address;

  private SharedPostgres() {}

  /**
   * The address of a database on the shared server, without credentials: {@link #user} and {@link
   * #password} are the superuser's. The database need not exist ({@code postgres} does).
   */
  public static String jdbcUrl(String database) {
    return address().jdbcUrl(database);
  }

  /** The superuser: {@code postgres} unless LEDGER_TEST_DATABASE_URL says otherwise. */
  public static String user() {
    return address().user();
  }

  /** The superuser's password: empty unless LEDGER_TEST_DATABASE_URL says otherwise. */
  public static String password() {
    return address().password();
  }

  private static synchronized ServerAddress address() {
    if (address == null) {
      address = FOREIGN == null || FOREIGN.isBlank() ? ownServer() : ServerAddress.parse(FOREIGN);
    }
    return address;
  }

  private static ServerAddress ownServer() {
    ProcessHandle build = BuildProcess.current();
    Path meetingPoint = BuildProcess.meetingPoint(build);
    try {
      Files.createDirectories(meetingPoint);
      try (FileChannel channel =
          FileChannel.open(
              meetingPoint.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock(channel);
        return ServerAddress.embedded(
            runningPort(meetingPoint).orElseGet(() -> Keeper.spawn(build)));
      }
    } catch (IOException failure) {
      throw new PostgresUnavailableException("no shared PostgreSQL: " + failure, failure);
    }
  }

  /** Waits until no other JVM decides; closing the channel lets the next one in. */
  private static void lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        channel.lock();
        return;
      } catch (OverlappingFileLockException otherClassLoader) {
        try {
          Thread.sleep(OTHER_CLASS_LOADER_MILLIS);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", interrupted);
        }
      }
    }
  }

  /** The port that a keeper wrote, if that keeper still lives. */
  private static Optional<Integer> runningPort(Path meetingPoint) throws IOException {
    try {
      String[] words = Files.readString(meetingPoint.resolve(Keeper.FILE)).strip().split(" ", -1);
      boolean alive = ProcessHandle.of(Long.parseLong(words[1])).isPresent();
      return alive ? Optional.of(Integer.valueOf(words[0])) : Optional.empty();
    } catch (NoSuchFileException firstOne) {
      return Optional.empty();
    }
  }
}
