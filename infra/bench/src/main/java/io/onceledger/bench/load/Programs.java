package io.onceledger.bench.load;

import io.onceledger.standalone.demo.GivenUpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that tell what they found in their last lines. */
public final class Programs {
  /** pgbench says a dozen. */
  private static final int LAST_LINES = 40;

  /** Of what one said that failed: enough to see why. */
  private static final int LONGEST = 400;

  private static final Deque<Process> RUNNING = new ConcurrentLinkedDeque<>();

  private Programs() {}

  /** One that runs. */
  public static final class Running {
    private final String name;
    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private String result = "";
    private final Thread reader;

    private Running(String name, Process process) {
      this.name = name;
      this.process = process;
      reader = new Thread(this::read, name);
      reader.setDaemon(true);
      reader.start();
    }

    /**
     * Waits for its end; returns the last line that is a JSON object, whatever was logged around
     * it.
     *
     * @throws GivenUpException if there is none
     */
    public String json() {
      lines();
      if (result.isEmpty()) {
        throw new GivenUpException(name + " found nothing, and said: " + said());
      }
      return result;
    }

    /**
     * Waits for its end; returns its last lines.
     *
     * @throws GivenUpException if it failed
     */
    public List<String> lines() {
      try {
        int code = process.waitFor();
        reader.join(TimeUnit.SECONDS.toMillis(5));
        RUNNING.remove(process);
        if (code != 0) {
          throw new GivenUpException(name + " ended with " + code + ": " + said());
        }
        return List.copyOf(lines);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new GivenUpException("interrupted");
      }
    }

    public void stop() {
      process.destroy();
      RUNNING.remove(process);
    }

    private String said() {
      String all = String.join(" | ", lines);
      return all.length() <= LONGEST ? all : "… " + all.substring(all.length() - LONGEST);
    }

    private void read() {
      try (var output = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          if (lines.size() == LAST_LINES) {
            lines.removeFirst();
          }
          lines.addLast(line);
          result = line.startsWith("{") ? line : result;
        }
      } catch (IOException ended) {
        // by stop()
      }
    }
  }

  public static Running start(List<String> command) {
    return start(command, Map.of());
  }

  /**
   * Starts one.
   *
   * @param variables of its environment, besides ours
   * @throws GivenUpException if it cannot be started
   */
  public static Running start(List<String> command, Map<String, String> variables) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(variables);
      Process process = builder.start();
      RUNNING.add(process);
      return new Running(Path.of(command.get(0)).getFileName().toString(), process);
    } catch (IOException failure) {
      throw new GivenUpException(failure.getMessage());
    }
  }

  /** Ends all that still run. */
  public static void stopAll() {
    RUNNING.forEach(Process::destroy);
  }

  /** Where a program is, if the machine has it. */
  public static Optional<Path> find(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
