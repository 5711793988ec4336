package io.onceledger.client;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged processes, started by {@code infra/up} on ports and data of their own. */
final class RunningLedger {

  static final Path ROOT = Path.of(System.getProperty("ledger.root"));

  /** Four JVMs and a database on a machine that does other things. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final List<String> PORTS =
      List.of(
          "LEDGER_API_PORT",
          "LEDGER_API_MANAGEMENT_PORT",
          "LEDGER_WORKER_MANAGEMENT_PORT",
          "LEDGER_DATABASE_PORT",
          "LEDGER_PROCESSOR_PORT");

  private final Process up;
  private final int port;

  /** Returns when it is ready; its data and log are in {@code directory}. */
  RunningLedger(Path directory) throws IOException, InterruptedException {
    Path log = directory.resolve("up.log");
    List<Integer> ports = freePorts();
    ProcessBuilder builder =
        new ProcessBuilder(ROOT.resolve("infra/up").toString(), "--no-build")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("LEDGER_DATA", directory.resolve("data").toString());
    for (int i = 0; i < PORTS.size(); i++) {
      builder.environment().put(PORTS.get(i), ports.get(i).toString());
    }
    port = ports.get(0);
    up = builder.start();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!Files.readString(log).contains("Onceledger is ready")) {
      if (up.waitFor(100, TimeUnit.MILLISECONDS) || Instant.now().isAfter(deadline)) {
        stop();
        throw new IllegalStateException("infra/up did not start:\n" + Files.readString(log));
      }
    }
  }

  int port() {
    return port;
  }

  void stop() throws InterruptedException {
    up.destroy();
    if (!up.waitFor(60, TimeUnit.SECONDS)) {
      up.destroyForcibly();
    }
  }

  private static List<Integer> freePorts() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < PORTS.size(); i++) {
      sockets.add(new ServerSocket(0));
    }
    List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
