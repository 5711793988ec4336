package io.onceledger.standalone;

import io.onceledger.standalone.process.Component;
import io.onceledger.standalone.process.Readiness;
import io.onceledger.standalone.process.RefusedException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The processes besides the database: the same artefacts that production runs, told by environment
 * variables where everything is.
 *
 * @param root of the source tree, under which the artefacts were built
 * @param webhookSecret shared by the processor, which signs, and the API, which checks
 */
record Components(Path root, Settings settings, String webhookSecret) {
  private static final Path API = Path.of("ledger-api/target/quarkus-app/quarkus-run.jar");
  private static final Path WORKER = Path.of("ledger-worker/target/quarkus-app/quarkus-run.jar");
  private static final Path MOCK = Path.of("infra/mock-processor/target/mock-processor.jar");

  /** A JVM and Quarkus take 3 s on an idle core; ten times that on one that compiles besides. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The API also migrates a database that may be large. */
  private static final Duration MIGRATION_PATIENCE = Duration.ofMinutes(5);

  private static final String HOST = "127.0.0.1";

  /** The JDK whose caches hold more than classes. */
  private static final int AOT_CACHE_SINCE = 25;

  /**
   * Looks for the artefacts.
   *
   * @throws RefusedException naming the one that has not been built
   */
  void refuseMissing() {
    List<Path> needed = new ArrayList<>(List.of(API));
    if (settings.workers() > 0) {
      needed.add(WORKER);
    }
    if (settings.processorPort().isPresent()) {
      needed.add(MOCK);
    }
    for (Path artefact : needed) {
      if (!Files.exists(root.resolve(artefact))) {
        throw new RefusedException(artefact + " has not been built: leave out --no-build");
      }
    }
  }

  /** The mock; only if no other processor is given. */
  Component processor(Function<String, Path> logs) {
    int port = settings.processorPort().orElseThrow();
    return component(
        "processor",
        "http://" + HOST + ":" + port,
        // Its journal's keys are in memory, a few hundred bytes each: a million payments.
        java(MOCK, "-Xmx512m"),
        Map.of(
            "LEDGER_PROCESSOR_PORT", Integer.toString(port),
            "LEDGER_PROCESSOR_DATA", settings.data().resolve("processor").toString(),
            "LEDGER_PROCESSOR_WEBHOOK_SECRET", webhookSecret,
            // Empty where there are to be none: it would inherit what is set around us.
            "LEDGER_PROCESSOR_NOTIFICATION_URL",
                settings.notificationUrl().map(URI::toString).orElse("")),
        logs,
        http(port, "/journal/summary"),
        PATIENCE);
  }

  Component api(Function<String, Path> logs) {
    Map<String, String> environment = new HashMap<>(quarkus());
    environment.putAll(settings.database().ownerEnvironment());
    environment.put("LEDGER_API_PORT", Integer.toString(settings.apiPort()));
    environment.put("LEDGER_API_MANAGEMENT_PORT", Integer.toString(settings.apiManagementPort()));
    environment.put("LEDGER_PROCESSOR_WEBHOOK_SECRET", webhookSecret);
    // The mock keeps a journal, which the operator's proof is held against.
    settings
        .processorPort()
        .ifPresent(
            port ->
                environment.put("LEDGER_PROCESSOR_JOURNAL_URL", settings.processor().toString()));
    return component(
        "api",
        "http://" + HOST + ":" + settings.apiPort(),
        // Requests live for milliseconds: six collections a second at ten thousand of them. What is
        // resident all the time is the young generation: it has a third of the heap otherwise.
        java(API, "-Xmx256m", "-Xmn48m"),
        environment,
        logs,
        health(settings.apiManagementPort()),
        MIGRATION_PATIENCE);
  }

  /** The n-th worker, counted from 1. */
  Component worker(int n, Function<String, Path> logs) {
    int port = settings.workerManagementPort(n);
    Map<String, String> environment = new HashMap<>(quarkus());
    environment.put("LEDGER_WORKER_MANAGEMENT_PORT", Integer.toString(port));
    environment.put("LEDGER_PROCESSOR_URL", settings.processor().toString());
    return component(
        "worker-" + n,
        "http://" + HOST + ":" + port + " (health and metrics)",
        java(WORKER, "-Xmx192m"), // a few batches of hundreds of messages
        environment,
        logs,
        health(port),
        PATIENCE);
  }

  private Map<String, String> quarkus() {
    Map<String, String> environment = new HashMap<>(settings.database().applicationEnvironment());
    environment.put("QUARKUS_PROFILE", "standalone");
    // The seeded keys are public: nothing but this machine may use them.
    environment.put("QUARKUS_HTTP_HOST", HOST);
    environment.put("QUARKUS_MANAGEMENT_HOST", HOST);
    return environment;
  }

  private List<String> java(Path artefact, String... heap) {
    Path jar = root.resolve(artefact);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap));
    // Two cores are shared with PostgreSQL: a collector with threads of its own takes from it.
    command.add("-XX:+UseSerialGC");
    // Better a process that is started again than one that half works.
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dfile.encoding=UTF-8"); // what JDK 18 and newer do in every locale
    startupCache(jar).ifPresent(command::add);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** What infra/startup-cache has made. A cache that another java has made, this one ignores. */
  private static Optional<String> startupCache(Path jar) {
    boolean aot = Runtime.version().feature() >= AOT_CACHE_SINCE;
    Path cache = jar.resolveSibling(aot ? "startup.aot" : "startup.jsa");
    return Files.exists(cache)
        ? Optional.of((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache)
        : Optional.empty();
  }

  private static Component component(
      String name,
      String where,
      List<String> command,
      Map<String, String> environment,
      Function<String, Path> logs,
      Readiness readiness,
      Duration patience) {
    return new Component(name, where, command, environment, logs.apply(name), readiness, patience);
  }

  private static Readiness health(int managementPort) {
    return http(managementPort, "/q/health/ready");
  }

  private static Readiness http(int port, String path) {
    return Readiness.http(URI.create("http://" + HOST + ":" + port + path));
  }
}
