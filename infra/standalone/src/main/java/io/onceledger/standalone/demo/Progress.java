package io.onceledger.standalone.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells how far things are: one line that changes on a terminal, a line now and then elsewhere. */
public final class Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration IN_A_LOG = Duration.ofSeconds(3);

  /** Back to the first column, and what was there erased. */
  private static final String REWRITE = "\r\u001b[K";

  private final boolean terminal;
  private final PrintStream out;
  private final Supplier<String> state;
  private final ScheduledFuture<?> showing;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Progress::daemon);

  private Progress(boolean terminal, PrintStream out, Supplier<String> state) {
    this.terminal = terminal;
    this.out = out;
    this.state = state;
    long millis = (terminal ? ON_TERMINAL : IN_A_LOG).toMillis();
    this.showing =
        clock.scheduleAtFixedRate(this::show, terminal ? 0 : millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Shows the state while a task runs, and the last state at its end. */
  public static void during(
      Runnable task, boolean terminal, PrintStream out, Supplier<String> state) {
    Progress progress = new Progress(terminal, out, state);
    try {
      task.run();
    } finally {
      progress.end();
    }
  }

  private void end() {
    showing.cancel(false);
    clock.shutdown();
    show();
    if (terminal) {
      out.println();
    }
  }

  private synchronized void show() {
    if (terminal) {
      out.print(REWRITE + state.get());
      out.flush();
    } else {
      out.println(state.get());
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
