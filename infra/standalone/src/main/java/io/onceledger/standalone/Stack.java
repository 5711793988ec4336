package io.onceledger.standalone;

import io.onceledger.standalone.database.EmbeddedDatabase;
import io.onceledger.standalone.database.Seed;
import io.onceledger.standalone.process.RefusedException;
import io.onceledger.standalone.process.RunDirectory;
import io.onceledger.standalone.process.Service;
import io.onceledger.standalone.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * PostgreSQL, the mock processor, the API and the workers, started in this order, kept running, and
 * stopped in reverse order. {@link #close} may come from another thread while a start is under way.
 */
public final class Stack implements AutoCloseable {
  /** Long enough that a process that dies at once does not take the machine with it. */
  private static final Duration PAUSE_BEFORE_RESTART = Duration.ofSeconds(1);

  private final Settings settings;
  private final Components components;
  private final RunDirectory run;
  private final Supervisor supervisor;
  private final UnaryOperator<Service> change;

  private Stack(
      Settings settings,
      Components components,
      RunDirectory run,
      Supervisor supervisor,
      UnaryOperator<Service> change) {
    this.settings = settings;
    this.components = components;
    this.run = run;
    this.supervisor = supervisor;
    this.change = change;
  }

  /**
   * Takes the data directory and looks whether everything can be started; nothing is yet.
   *
   * @param console told of everything a person should know, a line at a time
   * @param change made to each service before it is started for the first time
   * @throws RefusedException if something is missing, or in the way
   */
  public static Stack prepare(
      Environment environment, Consumer<String> console, UnaryOperator<Service> change) {
    Settings settings = Settings.from(environment.variables(), Path.of("").toAbsolutePath());
    RunDirectory run = RunDirectory.take(settings.data());
    Ports.refuseTaken(settings.ports());
    Components components =
        new Components(
            Path.of(System.getProperty("onceledger.root", "")).toAbsolutePath(),
            settings,
            WebhookSecret.of(environment, settings.data()));
    components.refuseMissing();
    if (settings.databasePort().isEmpty()) {
      settings.database().refuseUnreachable();
    }
    Supervisor supervisor = new Supervisor(run, PAUSE_BEFORE_RESTART, console);
    return new Stack(settings, components, run, supervisor, change);
  }

  /**
   * Returns when all of it is ready.
   *
   * @throws RefusedException if something does not start; {@link #close} ends what did
   * @throws CancellationException if this is closed meanwhile
   */
  public void start() {
    settings
        .databasePort()
        .ifPresent(
            port ->
                start(
                    new EmbeddedDatabase(
                        settings.data().resolve("postgres"), port, run.newLog("postgres"))));
    if (settings.processorPort().isPresent()) {
      start(components.processor(run::newLog));
    }
    start(components.api(run::newLog));
    Seed.plant(settings.database());
    for (int n = 1; n <= settings.workers(); n++) {
      start(components.worker(n, run::newLog));
    }
  }

  @Override
  public void close() {
    supervisor.close();
  }

  Settings settings() {
    return settings;
  }

  private void start(Service service) {
    supervisor.start(change.apply(service));
  }
}
