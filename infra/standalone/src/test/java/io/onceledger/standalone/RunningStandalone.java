package io.onceledger.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged processes, started as a person starts them, on ports of their own. */
final class RunningStandalone implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("ledger.root"));

  private final Path data;
  private final List<Integer> ports = freePorts(5);
  private final Process up;

  /** Returns when they are ready. */
  RunningStandalone(Path data, Map<String, String> settings) throws IOException {
    this.data = data;
    ProcessBuilder builder =
        new ProcessBuilder(ROOT.resolve("infra/up").toString(), "--no-build")
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("up.log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "LEDGER_DATA", data.toString(),
                "LEDGER_API_PORT", String.valueOf(apiPort()),
                "LEDGER_PROCESSOR_PORT", String.valueOf(processorPort()),
                "LEDGER_API_MANAGEMENT_PORT", String.valueOf(ports.get(2)),
                "LEDGER_WORKER_MANAGEMENT_PORT", String.valueOf(ports.get(3)),
                "LEDGER_DATABASE_PORT", String.valueOf(ports.get(4))));
    builder.environment().putAll(settings);
    up = builder.start();
    try {
      await()
          .atMost(90, SECONDS)
          .failFast("infra/up ended", () -> !up.isAlive())
          .until(() -> log().contains("Onceledger is ready"));
    } catch (RuntimeException notReady) {
      up.destroy();
      throw notReady;
    }
  }

  int apiPort() {
    return ports.get(0);
  }

  int processorPort() {
    return ports.get(1);
  }

  /** Ends all of them by SIGTERM, and fails if one is left. */
  @Override
  public void close() {
    List<ProcessHandle> children = up.descendants().toList();
    up.destroy();
    await("infra/up ends by SIGTERM").atMost(60, SECONDS).until(() -> !up.isAlive());
    await("its processes end")
        .atMost(10, SECONDS)
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
  }

  private String log() throws IOException {
    return Files.readString(data.resolve("up.log"));
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0));
    }
    List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
