package io.onceledger.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The PostgreSQL of infra/up in a process of its own; it goes with its data when closed. */
final class EmbeddedServer implements AutoCloseable {
  /** A fast stop writes one checkpoint; then the directory is deleted. */
  private static final long STOP_SECONDS = 60;

  private final Process process;
  private final int port;

  private EmbeddedServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static EmbeddedServer start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // Not closed: the process would get a broken pipe.
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null || !line.startsWith("ready ")) {
      throw new IOException("PostgreSQL did not start");
    }
    return new EmbeddedServer(process, Integer.parseInt(line.substring("ready ".length())));
  }

  Database database() {
    return new Database("127.0.0.1", port, "postgres", "postgres", "");
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
