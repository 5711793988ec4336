package io.onceledger.standalone.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Starts services in the order it is told, keeps them running, and stops them in reverse order.
 *
 * <p>One that ends is started again after a pause; the others go on. {@link #close} may come from
 * another thread (a shutdown hook) while a start is under way.
 */
public final class Supervisor implements AutoCloseable {
  private final RunDirectory run;
  private final Duration pause;
  private final Consumer<String> console;
  private final Deque<Supervised> started = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param pause before a process that ended is started again
   * @param console told of everything a person should know, a line at a time
   */
  public Supervisor(RunDirectory run, Duration pause, Consumer<String> console) {
    this.run = run;
    this.pause = pause;
    this.console = console;
  }

  /**
   * Starts a service and waits until it is ready.
   *
   * @throws RefusedException if it is not; then {@link #close} ends what was started
   * @throws CancellationException if this is closed meanwhile
   */
  public void start(Service service) {
    Supervised supervised = new Supervised(service, run, pause, console);
    synchronized (started) {
      if (closed) {
        throw new CancellationException();
      }
      started.push(supervised);
    }
    supervised.start();
  }

  @Override
  public void close() {
    synchronized (started) {
      closed = true;
      // First of all: who signals the whole process group ends them all, and none is to come back.
      started.forEach(Supervised::retire);
    }
    // Nothing is pushed any more.
    for (Supervised next = started.poll(); next != null; next = started.poll()) {
      next.stop();
      console.accept(String.format("%-10s stopped", next.name()));
    }
  }
}
