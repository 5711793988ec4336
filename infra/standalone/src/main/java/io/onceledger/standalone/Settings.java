package io.onceledger.standalone;

import io.onceledger.standalone.database.DatabaseSettings;
import io.onceledger.standalone.database.DatabaseSettings.Login;
import io.onceledger.standalone.process.RefusedException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to run where.
 *
 * @param database of the ledger
 * @param databasePort of the embedded PostgreSQL; empty if the database exists elsewhere
 * @param processor base URL
 * @param processorPort of the mock; empty if the processor exists elsewhere
 * @param notificationUrl where the mock sends notifications; empty if nowhere
 */
record Settings(
    Path data,
    int apiPort,
    int apiManagementPort,
    int workerManagementPort,
    int workers,
    DatabaseSettings database,
    OptionalInt databasePort,
    URI processor,
    OptionalInt processorPort,
    Optional<URI> notificationUrl) {

  /** More processes than a single machine gives work to; a typing error, rather. */
  private static final int MOST_WORKERS = 64;

  /** As a real processor would: also how the ledger learns of disputes. */
  private static final String NOTIFICATIONS = "on";

  private static final String NOTIFICATION_ROUTE = "/v1/processor-notifications";

  /**
   * Reads the environment.
   *
   * @param directory what a relative LEDGER_DATA is relative to
   * @throws RefusedException naming the variable that cannot be used
   */
  static Settings from(Map<String, String> environment, Path directory) {
    Environment env = new Environment(environment);
    OptionalInt databasePort = OptionalInt.empty();
    DatabaseSettings database;
    if (env.has("LEDGER_DATABASE_URL")) {
      database = existing(env);
    } else {
      databasePort = OptionalInt.of(env.port("LEDGER_DATABASE_PORT", 5433));
      database = DatabaseSettings.embedded(databasePort.getAsInt());
    }
    OptionalInt processorPort =
        env.has("LEDGER_PROCESSOR_URL")
            ? OptionalInt.empty()
            : OptionalInt.of(env.port("LEDGER_PROCESSOR_PORT", 8090));
    int apiPort = env.port("LEDGER_API_PORT", 8080);
    Settings settings =
        new Settings(
            directory.resolve(env.text("LEDGER_DATA", ".ledger")).toAbsolutePath().normalize(),
            apiPort,
            env.port("LEDGER_API_MANAGEMENT_PORT", 9000),
            env.port("LEDGER_WORKER_MANAGEMENT_PORT", 9001),
            env.number("LEDGER_WORKERS", 1, 0, MOST_WORKERS),
            database,
            databasePort,
            processorPort.isPresent()
                ? URI.create("http://127.0.0.1:" + processorPort.getAsInt())
                : env.url("LEDGER_PROCESSOR_URL"),
            processorPort,
            notificationUrl(env, apiPort));
    settings.ports(); // refuses one that is meant for two
    return settings;
  }

  /**
   * Every port that something will listen on, and the variable that moves it.
   *
   * @throws RefusedException if two want the same
   */
  Map<Integer, String> ports() {
    Map<Integer, String> ports = new LinkedHashMap<>();
    databasePort.ifPresent(port -> add(ports, port, "LEDGER_DATABASE_PORT"));
    processorPort.ifPresent(port -> add(ports, port, "LEDGER_PROCESSOR_PORT"));
    add(ports, apiPort, "LEDGER_API_PORT");
    add(ports, apiManagementPort, "LEDGER_API_MANAGEMENT_PORT");
    for (int worker = 1; worker <= workers; worker++) {
      add(ports, workerManagementPort(worker), "LEDGER_WORKER_MANAGEMENT_PORT");
    }
    return ports;
  }

  int workerManagementPort(int worker) {
    return workerManagementPort + worker - 1;
  }

  private static void add(Map<Integer, String> ports, int port, String variable) {
    String other = ports.putIfAbsent(port, variable);
    if (other != null) {
      throw new RefusedException(
          "port " + port + " is meant for both " + other + " and " + variable + ": change one");
    }
    if (port > Environment.LAST_PORT) {
      throw new RefusedException(variable + " leaves no port for the last worker: " + port);
    }
  }

  /** The API's route, or as given; whoever gives one means to have notifications. */
  private static Optional<URI> notificationUrl(Environment env, int apiPort) {
    boolean given = env.has("LEDGER_PROCESSOR_NOTIFICATION_URL");
    String wish = env.text("LEDGER_PROCESSOR_NOTIFICATIONS", given ? "on" : NOTIFICATIONS);
    return switch (wish) {
      case "on" ->
          Optional.of(
              given
                  ? env.url("LEDGER_PROCESSOR_NOTIFICATION_URL")
                  : URI.create("http://127.0.0.1:" + apiPort + NOTIFICATION_ROUTE));
      case "off" -> Optional.empty();
      default ->
          throw new RefusedException(
              "LEDGER_PROCESSOR_NOTIFICATIONS must be on or off, not '" + wish + "'");
    };
  }

  private static DatabaseSettings existing(Environment env) {
    String url = env.text("LEDGER_DATABASE_URL", "");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new RefusedException("LEDGER_DATABASE_URL is not jdbc:postgresql://host:port/database");
    }
    Login application =
        new Login(env.text("LEDGER_DATABASE_USER", ""), env.text("LEDGER_DATABASE_PASSWORD", ""));
    Login owner =
        env.has("LEDGER_DATABASE_MIGRATION_USER")
            ? new Login(
                env.text("LEDGER_DATABASE_MIGRATION_USER", ""),
                env.text("LEDGER_DATABASE_MIGRATION_PASSWORD", ""))
            : application;
    return new DatabaseSettings(url, application, owner);
  }
}
