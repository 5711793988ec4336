package io.onceledger.standalone;

import io.onceledger.standalone.database.EmbeddedDatabase;
import io.onceledger.standalone.database.Seed;
import io.onceledger.standalone.process.RefusedException;
import io.onceledger.standalone.process.RunDirectory;
import io.onceledger.standalone.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/**
 * Starts PostgreSQL, the mock processor, the API and the workers, in this order, and stays until it
 * is told to stop; then it stops them in reverse order.
 *
 * <p>Exit code 1, with one line that says why and nothing left running, if something refuses to
 * start. Configured by environment variables only; the arguments are the script's.
 */
public final class Standalone {
  /** Long enough that a process that dies at once does not take the machine with it. */
  private static final Duration PAUSE_BEFORE_RESTART = Duration.ofSeconds(1);

  private final Settings settings;
  private final Components components;
  private final RunDirectory run;
  private final Supervisor supervisor;

  private Standalone(
      Settings settings, Components components, RunDirectory run, Supervisor supervisor) {
    this.settings = settings;
    this.components = components;
    this.run = run;
    this.supervisor = supervisor;
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      prepare(new Environment(System.getenv())).startAll();
    } catch (CancellationException stoppedWhileStarting) {
      // by a signal, which also ends this JVM
    } catch (RefusedException refusal) {
      Console.fail("infra/up: " + refusal.getMessage());
      System.exit(1); // the shutdown hook stops what was started
    }
    new CountDownLatch(1).await(); // until a signal ends the JVM
  }

  private static Standalone prepare(Environment environment) {
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
    Supervisor supervisor = new Supervisor(run, PAUSE_BEFORE_RESTART, Console::say);
    Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close, "stop"));
    return new Standalone(settings, components, run, supervisor);
  }

  private void startAll() {
    settings
        .databasePort()
        .ifPresent(
            port ->
                supervisor.start(
                    new EmbeddedDatabase(
                        settings.data().resolve("postgres"), port, run.newLog("postgres"))));
    if (settings.processorPort().isPresent()) {
      supervisor.start(components.processor(run::newLog));
    }
    supervisor.start(components.api(run::newLog));
    Seed.plant(settings.database());
    for (int n = 1; n <= settings.workers(); n++) {
      supervisor.start(components.worker(n, run::newLog));
    }
    Welcome.lines(settings).forEach(Console::say);
  }
}
