package io.onceledger.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The directory of one database cluster.
 *
 * <p>Created beside its place and renamed into it, so that a crash during initdb leaves no half of
 * one behind.
 */
record DataDirectory(Path path) {

  void createIfAbsent(PostgresBinaries binaries) throws IOException {
    if (Files.exists(path.resolve("PG_VERSION"))) {
      return;
    }
    Path unfinished = path.resolveSibling(path.getFileName() + ".initdb");
    Directories.delete(unfinished);
    Files.createDirectories(unfinished);
    ProgramRun run =
        ProgramRun.of(
            binaries.command(
                "initdb",
                List.of(
                    "--pgdata=" + unfinished,
                    "--username=postgres",
                    "--auth=trust", // loopback only, and no application connects as the superuser
                    "--encoding=UTF-8",
                    // The server's own locale: the same order of strings on every machine.
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions")));
    if (run.exitCode() != 0) {
      throw new PostgresUnavailableException("initdb failed: " + run.reason());
    }
    Files.deleteIfExists(path); // an empty directory that the caller made
    Files.move(unfinished, path);
  }

  /** The postmaster that postmaster.pid names, if it is one: a reused process id is not. */
  Optional<ProcessHandle> postmaster() throws IOException {
    return pid().flatMap(ProcessHandle::of).filter(DataDirectory::isPostgres);
  }

  /**
   * Removes a postmaster.pid that kill -9 left behind and whose process id now belongs to another
   * program: PostgreSQL only sees that the process lives, and would refuse to start.
   */
  void forgetDeadPostmaster() throws IOException {
    if (pid().flatMap(ProcessHandle::of).filter(process -> !isPostgres(process)).isPresent()) {
      Files.deleteIfExists(pidFile());
    }
  }

  private Optional<Long> pid() throws IOException {
    try {
      return Files.readAllLines(pidFile()).stream()
          .findFirst()
          .map(String::strip)
          .map(Long::valueOf);
    } catch (NoSuchFileException notRunning) {
      return Optional.empty();
    }
  }

  private Path pidFile() {
    return path.resolve("postmaster.pid");
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("postgres")).isPresent();
  }
}
