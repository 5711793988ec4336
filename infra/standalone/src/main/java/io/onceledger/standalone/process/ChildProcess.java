package io.onceledger.standalone.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A run of a component. */
final class ChildProcess implements Instance {
  /** The applications drain their requests for up to 10 s. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** A killed process is gone at once, unless the kernel waits for a disk. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  /**
   * Ctrl-C and a closed terminal signal every process of the group at once, and then there is no
   * order. A signal that is ignored at exec stays ignored, in a JVM as well; SIGTERM still works.
   */
  private static final String DEAF_TO_THE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

  private final Component component;
  private final Process process;
  private final long logged;

  private ChildProcess(Component component, Process process, long logged) {
    this.component = component;
    this.process = process;
    this.logged = logged;
  }

  static ChildProcess start(Component component) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", DEAF_TO_THE_TERMINAL, component.name()));
    command.addAll(component.command());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(component.environment());
    // Not the caller's directory: Quarkus would read a config/ or .env that happens to be there.
    builder.directory(component.log().getParent().toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(component.log().toFile()));
    try {
      long logged = Files.exists(component.log()) ? Files.size(component.log()) : 0;
      return new ChildProcess(component, builder.start(), logged);
    } catch (IOException failure) {
      throw new RefusedException(
          component.name() + " cannot be started: " + failure.getMessage(), failure);
    }
  }

  @Override
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public boolean ready() {
    return component.readiness().ready();
  }

  @Override
  public Duration patience() {
    return component.patience();
  }

  @Override
  public void stop() {
    process.destroy();
    if (!ended(GRACE)) {
      process.destroyForcibly();
      ended(AFTER_KILL);
    }
  }

  @Override
  public String ending() {
    if (!ended(Duration.ofSeconds(1))) { // the exit code is known a moment after the end
      return "still runs" + LogTail.because(component.log(), logged);
    }
    int code = process.exitValue();
    return code > 128 // a shell's way to say: by a signal
        ? "was ended by signal " + (code - 128)
        : "ended with exit code " + code + LogTail.because(component.log(), logged);
  }

  private boolean ended(Duration wait) {
    try {
      return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
