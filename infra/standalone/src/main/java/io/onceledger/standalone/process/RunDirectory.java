package io.onceledger.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the processes of one Onceledger are recorded: {@code run/NAME.pid} and {@code
 * log/NAME.log}.
 *
 * <p>Held by one launcher at a time, by a file lock that the kernel lets go when the launcher ends,
 * however it ends.
 */
public final class RunDirectory implements AutoCloseable {
  private static final String SUFFIX = ".pid";

  private final Path run;
  private final Path log;
  private final FileChannel lock;

  private RunDirectory(Path run, Path log, FileChannel lock) {
    this.run = run;
    this.log = log;
    this.lock = lock;
  }

  /**
   * Takes the directory.
   *
   * @throws RefusedException if another launcher holds it, or processes of one that was killed
   *     still run
   */
  public static RunDirectory take(Path data) {
    Path run = data.resolve("run");
    try {
      Files.createDirectories(run);
      Files.createDirectories(data.resolve("log"));
      FileChannel channel =
          FileChannel.open(
              run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        throw new RefusedException(
            "another infra/up uses " + data + ": stop it, or set LEDGER_DATA to another directory");
      }
      RunDirectory directory = new RunDirectory(run, data.resolve("log"), channel);
      directory.refuseLeftOvers();
      return directory;
    } catch (IOException failure) {
      throw new RefusedException("LEDGER_DATA cannot be used: " + failure, failure);
    }
  }

  /** The log of a process; what an earlier launcher left there is kept as {@code .log.1}. */
  public Path newLog(String name) {
    Path path = log.resolve(name + ".log");
    try {
      if (Files.exists(path)) {
        Files.move(path, log.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
      }
      return path;
    } catch (IOException failure) {
      throw new RefusedException("cannot write " + path + ": " + failure, failure);
    }
  }

  /** Replaces the pid file in one step: a reader sees the old process or the new one. */
  void record(String name, ProcessHandle process) {
    try {
      Path file = Files.writeString(run.resolve(name + ".tmp"), process.pid() + "\n");
      Files.move(file, pidFile(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void forget(String name) {
    try {
      Files.deleteIfExists(pidFile(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisJvm) {
      return false;
    }
  }

  private Path pidFile(String name) {
    return run.resolve(name + SUFFIX);
  }

  private void refuseLeftOvers() throws IOException {
    List<Path> running;
    try (Stream<Path> files = Files.list(run)) {
      running =
          files
              .filter(file -> file.toString().endsWith(SUFFIX))
              .filter(file -> livingPid(file).isPresent())
              .sorted()
              .toList();
    }
    if (!running.isEmpty()) {
      lock.close();
      throw new RefusedException(
          "processes of an infra/up that was killed still run ("
              + running.stream().map(RunDirectory::name).collect(Collectors.joining(", "))
              + "), end them first: kill "
              + running.stream()
                  .flatMap(file -> livingPid(file).stream())
                  .map(String::valueOf)
                  .collect(Collectors.joining(" ")));
    }
  }

  /** The process that a pid file names, if it can be ours: a process id is used again. */
  private static Optional<Long> livingPid(Path pidFile) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
          .filter(
              process ->
                  process
                      .info()
                      .command()
                      .filter(command -> command.endsWith("java") || command.endsWith("postgres"))
                      .isPresent())
          .map(ProcessHandle::pid);
    } catch (IOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private static String name(Path pidFile) {
    String name = pidFile.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
