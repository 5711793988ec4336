package io.onceledger.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process of a peer: told what to do line by line, and heard what it did. See {@code
 * node/worker.js} for the words. Commands come from one thread; what is counted may be read by any.
 */
final class WorkerProcess implements AutoCloseable {
  /** The slowest command adds 200 000 jobs one statement each. */
  private static final Duration COMMAND = Duration.ofMinutes(10);

  private final Process process;
  private final Writer commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final List<Tick> ticks = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private String version = "";
  private long ran;

  /** So many jobs were executed by this time. */
  record Tick(long nanos, long jobs, long p99Millis) {}

  /** A slow job was started or finished at a time. */
  record Note(long nanos, String what, long job) {}

  /** The process did not do what it was told; the message says what it said. */
  static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedException(String message) {
      super(message);
    }
  }

  private WorkerProcess(Process process) {
    this.process = process;
    this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  static WorkerProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    WorkerProcess worker = new WorkerProcess(builder.start());
    Thread listener = new Thread(worker::listen, "listener");
    listener.setDaemon(true);
    listener.start();
    worker.version = worker.await("ready").replace("ready", "").strip();
    return worker;
  }

  /** The peer's version, if the process can tell. */
  String version() {
    return version;
  }

  /** Returns when the process has done it. */
  void command(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    await("done");
  }

  void kill() {
    process.destroyForcibly();
  }

  synchronized long ran() {
    return ran;
  }

  synchronized List<Tick> ticks() {
    return List.copyOf(ticks);
  }

  synchronized List<Note> notes() {
    return List.copyOf(notes);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Lets it write what has begun; then it goes in any case. */
  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        command("stop");
        process.waitFor(1, TimeUnit.SECONDS);
      }
    } catch (IOException | FailedException alreadyGone) {
      // Killed below.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private String await(String first) {
    try {
      String answer = answers.poll(COMMAND.toSeconds(), TimeUnit.SECONDS);
      if (answer == null) {
        throw new FailedException("no answer within " + COMMAND.toMinutes() + " minutes");
      }
      if (!answer.startsWith(first)) {
        throw new FailedException(answer);
      }
      return answer;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted");
    }
  }

  private void listen() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = output.readLine()) != null) {
        hear(line.split(" ", 3), line);
      }
    } catch (IOException killed) {
      // Said below.
    }
    answers.add("the process has ended");
  }

  private void hear(String[] words, String line) {
    switch (words[0]) {
      case "ran" -> count(Long.parseLong(words[1]), Math.round(Double.parseDouble(words[2])));
      case "started", "finished" -> note(words[0], Long.parseLong(words[1]));
      default -> answers.add(line);
    }
  }

  private synchronized void count(long jobs, long p99Millis) {
    ran += jobs;
    ticks.add(new Tick(System.nanoTime(), jobs, p99Millis));
  }

  private synchronized void note(String what, long job) {
    notes.add(new Note(System.nanoTime(), what, job));
  }
}
