package io.onceledger.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands for Maven: starts several JVMs at once that ask for the server, repeats what they got, and
 * ends after it has named the keeper.
 */
final class Build {
  static final int JVMS = 3;

  private Build() {}

  public static void main(String[] arguments) throws IOException {
    List<Process> jvms = new ArrayList<>();
    for (int i = 0; i < JVMS; i++) {
      jvms.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  TestJvm.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    for (Process jvm : jvms) {
      try (var output = jvm.inputReader(StandardCharsets.UTF_8)) {
        output.lines().forEach(System.out::println);
      }
    }
    Path server = BuildProcess.meetingPoint(ProcessHandle.current()).resolve(Keeper.FILE);
    System.out.println(Files.readString(server).split(" ", -1)[1]);
  }

  /** One of them. */
  static final class TestJvm {
    private TestJvm() {}

    public static void main(String[] arguments) {
      System.out.println(SharedPostgres.jdbcUrl("postgres"));
    }
  }
}
