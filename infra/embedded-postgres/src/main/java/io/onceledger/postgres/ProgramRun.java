package io.onceledger.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What came of a program that runs to its end. */
record ProgramRun(int exitCode, String output) {
  private static final Pattern TELLING = Pattern.compile("FATAL|PANIC|error:|could not|HINT");

  /** What clients are told that came too early: true, and no reason for anything. */
  private static final Pattern TOO_EARLY = Pattern.compile("starting up|not yet accepting");

  private static final Pattern PREFIX = Pattern.compile("^.*(FATAL|PANIC|LOG|HINT|error):\\s+");

  /**
   * Runs a program. Its output goes through a file: a server that it leaves in the background would
   * hold a pipe open for ever.
   */
  static ProgramRun of(List<String> command) throws IOException {
    Path output = Files.createTempFile("onceledger-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int exitCode = process.waitFor();
      return new ProgramRun(exitCode, Files.readString(output));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command.get(0), interrupted);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  String reason() {
    return reason(output);
  }

  /** The lines of a log that say why, as one line. */
  static String reason(String log) {
    String telling =
        log.lines()
            .filter(line -> TELLING.matcher(line).find())
            .filter(line -> !TOO_EARLY.matcher(line).find())
            .map(line -> PREFIX.matcher(line).replaceFirst("").strip())
            .distinct()
            .collect(Collectors.joining("; "));
    return telling.isEmpty() ? log.strip().replaceAll("\\s*\\R\\s*", "; ") : telling;
  }

  /** What was appended to a file after an offset. */
  static String tail(Path file, long offset) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int from = (int) Math.min(offset, all.length);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }
}
