package io.onceledger.standalone.process;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A service under supervision: started, started again whenever it ends, and stopped for good.
 *
 * <p>{@link #stop} may come from another thread at any moment, also while a start is under way: it
 * then waits for that start, so that no process is left behind.
 */
final class Supervised {
  /**
   * How often to look whether a process is ready, or lives. {@link ProcessHandle#onExit} looks at
   * one that is no child (a PostgreSQL server is none) only every few seconds.
   */
  private static final Duration POLL = Duration.ofMillis(50);

  private final Service service;
  private final RunDirectory run;
  private final Duration pause;
  private final Consumer<String> console;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Object launching = new Object();
  private Instance instance;

  Supervised(Service service, RunDirectory run, Duration pause, Consumer<String> console) {
    this.service = service;
    this.run = run;
    this.pause = pause;
    this.console = console;
  }

  String name() {
    return service.name();
  }

  /**
   * Starts it for the first time and waits until it is ready; from then on it is watched.
   *
   * @throws RefusedException if it ends or is not ready in time; it may still run then
   * @throws CancellationException if it is stopped meanwhile
   */
  void start() {
    Instance first = launch();
    awaitReady(first);
    say("ready, process " + first.process().pid() + ", " + service.where());
    Thread watcher = new Thread(this::keepAlive, "watch " + name());
    watcher.setDaemon(true);
    watcher.start();
  }

  /** From now on it is not started any more. */
  void retire() {
    stopping.countDown();
  }

  void stop() {
    retire();
    synchronized (launching) {
      if (instance != null) {
        instance.stop();
        run.forget(name());
      }
    }
  }

  private void awaitReady(Instance started) {
    long deadline = System.nanoTime() + started.patience().toNanos();
    while (!started.ready()) {
      if (!started.process().isAlive()) {
        throw new RefusedException(name() + " did not start: it " + started.ending());
      }
      if (System.nanoTime() > deadline) {
        throw new RefusedException(
            name()
                + " is not ready after "
                + seconds(started.patience())
                + ": it "
                + started.ending());
      }
      if (stopsWithin(POLL)) {
        throw new CancellationException();
      }
    }
  }

  private void keepAlive() {
    do {
      while (current().process().isAlive()) {
        if (stopsWithin(POLL)) {
          return;
        }
      }
      say(current().ending() + "; starting it again in " + seconds(pause));
    } while (startAgain());
  }

  /** Tries until there is a process again; false if it is to stop. */
  private boolean startAgain() {
    while (!stopsWithin(pause)) {
      try {
        say("started again, process " + launch().process().pid());
        return true;
      } catch (RefusedException refusal) {
        say("does not start: " + refusal.getMessage() + "; trying again in " + seconds(pause));
      }
    }
    return false;
  }

  private Instance launch() {
    synchronized (launching) {
      if (stopsWithin(Duration.ZERO)) {
        throw new CancellationException();
      }
      instance = service.start();
      run.record(name(), instance.process());
      return instance;
    }
  }

  private Instance current() {
    synchronized (launching) {
      return instance;
    }
  }

  private boolean stopsWithin(Duration duration) {
    try {
      return stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void say(String what) {
    console.accept(String.format("%-10s %s", name(), what));
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
  }
}
