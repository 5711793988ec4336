package io.onceledger.peers;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a measurement plays on: one peer, with the settings for one scenario. Used by one thread.
 */
final class Stage {
  private final Installation installation;
  private final Database database;
  private final SlowProcessor processor;
  private final Peer peer;
  private final Scenario scenario;
  private final Options options;
  private final Map<String, Object> settings;
  private final List<WorkerProcess> workers = new CopyOnWriteArrayList<>();

  Stage(
      Installation installation,
      Database database,
      SlowProcessor processor,
      Peer peer,
      Scenario scenario,
      Options options) {
    this.installation = installation;
    this.database = database;
    this.processor = processor;
    this.peer = peer;
    this.scenario = scenario;
    this.options = options;
    this.settings = peer.settings(scenario);
  }

  Database database() {
    return database;
  }

  SlowProcessor processor() {
    return processor;
  }

  Peer peer() {
    return peer;
  }

  Scenario scenario() {
    return scenario;
  }

  Options options() {
    return options;
  }

  Map<String, Object> settings() {
    return settings;
  }

  /** As the processes say it, or else as the library's jar does. */
  String version() {
    return workers.stream()
        .map(WorkerProcess::version)
        .filter(version -> !version.isEmpty())
        .findFirst()
        .orElseGet(() -> peer.jarVersion());
  }

  /** A process of the peer that does nothing yet. */
  WorkerProcess startProcess() throws IOException {
    WorkerProcess worker =
        WorkerProcess.start(
            peer.command(installation),
            Map.of(
                "PEERS_DATABASE", nodeUrl(),
                "PEERS_JDBC_URL", database.jdbcUrl(peer.schema()),
                "PEERS_USER", database.user(),
                "PEERS_PASSWORD", database.password(),
                "PEERS_SCHEMA", peer.schema(),
                "PEERS_SETTINGS", new Gson().toJson(settings),
                "PEERS_PROCESSOR", processor.url()));
    workers.add(worker);
    return worker;
  }

  void closeWorkers() {
    workers.forEach(WorkerProcess::close);
  }

  void killWorkers() {
    workers.forEach(WorkerProcess::kill);
  }

  private String nodeUrl() {
    return "postgres://%s:%s@%s:%d/%s"
        .formatted(
            encoded(database.user()),
            encoded(database.password()),
            database.host(),
            database.port(),
            database.name());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
