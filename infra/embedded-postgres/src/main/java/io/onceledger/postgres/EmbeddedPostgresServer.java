package io.onceledger.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real PostgreSQL 18 server on loopback, as durable as production.
 *
 * <p>It runs in a session of its own, so that a Ctrl-C in the terminal reaches whoever started it
 * and not the server. It outlives a JVM that is killed; {@link #close} is what stops it.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
  /** Long enough to replay the 2 GB of WAL that a crash under full load can leave. */
  private static final Duration START = Duration.ofMinutes(2);

  /** A fast stop writes one last checkpoint: all pages that have changed since the one before. */
  private static final Duration STOP = Duration.ofMinutes(1);

  /** After kill -9 of the postmaster its children end by themselves, usually within a second. */
  private static final Duration ORPHANS = Duration.ofSeconds(30);

  private static final Duration RETRY = Duration.ofMillis(200);

  /** Not {@link ProcessHandle#onExit}: it looks at the child of another only every few seconds. */
  private static final Duration POLL = Duration.ofMillis(10);

  private final PostgresBinaries binaries;
  private final DataDirectory data;
  private final int port;
  private final ProcessHandle process;

  private EmbeddedPostgresServer(
      PostgresBinaries binaries, DataDirectory data, int port, ProcessHandle process) {
    this.binaries = binaries;
    this.data = data;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts on a data directory that is kept across restarts (initdb only the first time); the log
   * is written beside it.
   *
   * @throws PostgresUnavailableException if it does not start; nothing is left running then
   */
  public static EmbeddedPostgresServer start(Path dataDirectory, int port) {
    Path data = dataDirectory.toAbsolutePath().normalize();
    return start(data, port, data.resolveSibling(data.getFileName() + ".log"));
  }

  /** The same, with the server's output appended to a given file. */
  public static EmbeddedPostgresServer start(Path dataDirectory, int port, Path log) {
    DataDirectory data = new DataDirectory(dataDirectory.toAbsolutePath().normalize());
    try {
      PostgresBinaries binaries = PostgresBinaries.unpacked();
      Files.createDirectories(data.path().getParent());
      data.createIfAbsent(binaries);
      ProcessHandle process = startPostmaster(binaries, data, port, log.toAbsolutePath());
      return new EmbeddedPostgresServer(binaries, data, port, process);
    } catch (IOException failure) {
      throw new PostgresUnavailableException("PostgreSQL did not start: " + failure, failure);
    }
  }

  /** The port that was asked for. */
  public int port() {
    return port;
  }

  /** The address of a database; user {@code postgres} is the superuser and has no password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** The postmaster. It ends when the server does, for whatever reason. */
  public ProcessHandle process() {
    return process;
  }

  /** Stops the server: sessions are cut, what was committed stays. May be called twice. */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    try {
      ProgramRun stop = pgCtl(binaries, data, STOP, "--mode=fast", "stop");
      if (stop.exitCode() != 0) {
        process.destroyForcibly(); // the next start recovers
      }
      // pg_ctl waits for the pid file to go, which is a moment before the process does.
      awaitEnd();
    } catch (IOException failure) {
      process.destroyForcibly();
      throw new UncheckedIOException(failure);
    }
  }

  private void awaitEnd() throws IOException {
    long deadline = System.nanoTime() + STOP.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      pause(POLL);
    }
  }

  private static ProcessHandle startPostmaster(
      PostgresBinaries binaries, DataDirectory data, int port, Path log) throws IOException {
    if (data.postmaster().isPresent()) {
      throw new PostgresUnavailableException(
          "PostgreSQL already runs on "
              + data.path()
              + " as process "
              + data.postmaster().get().pid());
    }
    long deadline = System.nanoTime() + ORPHANS.toNanos();
    while (true) {
      data.forgetDeadPostmaster();
      long logged = Files.exists(log) ? Files.size(log) : 0;
      ProgramRun start =
          pgCtl(
              binaries,
              data,
              START,
              "--log=" + log,
              "--options=" + ServerSettings.commandLine(port),
              "start");
      if (start.exitCode() == 0) {
        return data.postmaster()
            .orElseThrow(
                () -> new PostgresUnavailableException("PostgreSQL ended after its start"));
      }
      String said = Files.exists(log) ? ProgramRun.tail(log, logged) : start.output();
      if (!orphansStillRun(said) || System.nanoTime() > deadline) {
        stopLateComer(binaries, data);
        throw new PostgresUnavailableException(
            "PostgreSQL did not start: "
                + ProgramRun.reason(said.isBlank() ? start.output() : said));
      }
      pause(RETRY);
    }
  }

  private static boolean orphansStillRun(String log) {
    return log.contains("pre-existing shared memory block");
  }

  /** A server that was too slow must not come up after its failure was reported. */
  private static void stopLateComer(PostgresBinaries binaries, DataDirectory data)
      throws IOException {
    if (data.postmaster().isPresent()) {
      pgCtl(binaries, data, STOP, "--mode=immediate", "stop");
    }
  }

  private static ProgramRun pgCtl(
      PostgresBinaries binaries, DataDirectory data, Duration wait, String... arguments)
      throws IOException {
    List<String> all =
        Stream.concat(
                Stream.of("--pgdata=" + data.path(), "--wait", "--timeout=" + wait.toSeconds()),
                Arrays.stream(arguments))
            .toList();
    return ProgramRun.of(binaries.command("pg_ctl", all));
  }

  private static void pause(Duration duration) throws IOException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for PostgreSQL", interrupted);
    }
  }
}
