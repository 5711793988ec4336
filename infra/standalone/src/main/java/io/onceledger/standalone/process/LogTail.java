package io.onceledger.standalone.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The last words of a process: the one line of its log that most likely says why it ended. */
final class LogTail {
  /** More than any stack trace with its causes. */
  private static final int BYTES = 64 * 1024;

  /** What fits on three lines of a terminal. */
  private static final int LENGTH = 240;

  private static final Predicate<String> COMPLAINT =
      Pattern.compile("\\b(ERROR|FATAL|SEVERE)\\b|Exception|^Error|: error").asPredicate();
  private static final Predicate<String> STACK_FRAME =
      Pattern.compile("^\\s+(at |\\.\\.\\. )").asPredicate();

  private LogTail() {}

  /** {@code ": why (see FILE)"}. */
  static String because(Path log, long from) {
    String line = reason(read(log, from));
    return line.isEmpty() ? " (it said nothing)" : ": " + line + " (see " + log + ")";
  }

  /** The innermost cause of the last stack trace, or the last complaint, or the last line. */
  static String reason(List<String> lines) {
    List<String> words =
        lines.stream().filter(line -> !line.isBlank() && STACK_FRAME.negate().test(line)).toList();
    String line =
        last(words, word -> word.startsWith("Caused by:"), last(words, COMPLAINT, last(words)));
    String stripped = line.replaceFirst("^Caused by: ", "").strip();
    return stripped.length() <= LENGTH ? stripped : stripped.substring(0, LENGTH) + "…";
  }

  private static String last(List<String> lines) {
    return last(lines, line -> true, "");
  }

  private static String last(List<String> lines, Predicate<String> wanted, String otherwise) {
    return lines.stream().filter(wanted).reduce((first, second) -> second).orElse(otherwise);
  }

  private static List<String> read(Path log, long from) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(from, file.length() - BYTES));
      byte[] bytes = new byte[(int) Math.max(0, file.length() - file.getFilePointer())];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException noLog) {
      return List.of();
    }
  }
}
