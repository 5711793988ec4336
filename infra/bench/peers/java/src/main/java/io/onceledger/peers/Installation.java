package io.onceledger.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * Where {@code infra/bench/peers/run} has put what is run.
 *
 * @param home infra/bench/peers
 * @param node the program
 * @param postgres class path of the embedded PostgreSQL
 */
record Installation(Path home, String node, String postgres) {

  static Installation fromProperties() {
    return new Installation(
        Path.of(System.getProperty("peers.home")),
        System.getProperty("peers.node", "node"),
        System.getProperty("peers.postgres", ""));
  }

  List<String> nodeWorker(String peer) {
    return List.of(node, home.resolve("node/worker.js").toString(), peer);
  }

  List<String> javaWorker(String peer) {
    return List.of(
        java(),
        "-Xmx512m",
        "-Dorg.jboss.logging.provider=slf4j",
        "-cp",
        System.getProperty("java.class.path"),
        "io.onceledger.peers.work.Worker",
        peer);
  }

  EmbeddedServer startPostgres() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    // 128 MB hold the archive of PostgreSQL while it is unpacked, and the compiler.
    return EmbeddedServer.start(
        List.of(
            java(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            postgres,
            home.resolve("java/Postgres.java").toString(),
            Integer.toString(port)));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
