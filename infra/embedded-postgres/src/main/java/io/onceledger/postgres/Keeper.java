package io.onceledger.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The process that holds the shared server of a build, and stops it when the build process ends.
 *
 * <p>It is a process of its own because no test JVM lives as long as the build. Its first line of
 * output is the port, or the reason why there is none; then it is silent.
 */
final class Keeper {
  /** In the meeting point: "port pid-of-the-keeper". */
  static final String FILE = "server";

  /** A free port can be taken by another program before PostgreSQL binds it. */
  private static final int ATTEMPTS = 5;

  /** {@link ProcessHandle#onExit} looks at a process that is no child only every few seconds. */
  private static final long POLL_MILLIS = 100;

  private final Path meetingPoint;
  private final Path temporary;
  private EmbeddedPostgresServer server;

  private Keeper(Path meetingPoint, Path temporary) {
    this.meetingPoint = meetingPoint;
    this.temporary = temporary;
  }

  /**
   * Starts a keeper and waits until its server is up.
   *
   * @return the server's port
   */
  static int spawn(ProcessHandle build) {
    ProcessBuilder keeper =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m", // the unpacked archive passes through memory once
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            Keeper.class.getName(),
            Long.toString(build.pid()));
    keeper.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      BufferedReader output = keeper.start().inputReader(StandardCharsets.UTF_8);
      String line = output.readLine(); // not closed: the keeper would get a broken pipe
      if (line == null || !line.startsWith("port ")) {
        throw new PostgresUnavailableException(line == null ? "the keeper ended silently" : line);
      }
      return Integer.parseInt(line.substring("port ".length()));
    } catch (IOException failure) {
      throw new PostgresUnavailableException("no shared PostgreSQL: " + failure, failure);
    }
  }

  /** Called with the process id of the build. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Optional<ProcessHandle> build = ProcessHandle.of(Long.parseLong(arguments[0]));
    if (build.isEmpty()) {
      System.out.println("the build is over");
      return;
    }
    Path meetingPoint = BuildProcess.meetingPoint(build.get());
    Keeper keeper = new Keeper(meetingPoint, Files.createTempDirectory("onceledger-postgres-"));
    // Also after a Ctrl-C, which reaches every process of the terminal's group.
    Runtime.getRuntime().addShutdownHook(new Thread(keeper::stop, "stop"));
    try {
      int port = keeper.start();
      Files.writeString(meetingPoint.resolve(FILE), port + " " + ProcessHandle.current().pid());
      System.out.println("port " + port);
    } catch (PostgresUnavailableException failure) {
      System.out.println(failure.getMessage());
      return;
    }
    awaitEnd(build.get());
  }

  private static void awaitEnd(ProcessHandle build) throws InterruptedException {
    while (build.isAlive()) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private synchronized int start() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        server = EmbeddedPostgresServer.start(temporary.resolve("data"), freePort());
        return server.port();
      } catch (PostgresUnavailableException failure) {
        if (attempt == ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  /** Waits for a start that is under way: it would leave a server behind. */
  private synchronized void stop() {
    try {
      if (server != null) {
        server.close();
      }
      Directories.delete(temporary);
      Directories.delete(meetingPoint);
    } catch (IOException failure) {
      System.err.println("left behind in " + temporary + ": " + failure);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Without surefire's temporary jars, which go away with the test JVM. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> Files.exists(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
