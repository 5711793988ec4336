package io.onceledger.standalone.chaos;

import io.onceledger.standalone.Environment;
import io.onceledger.standalone.Stack;
import io.onceledger.standalone.demo.GivenUpException;
import io.onceledger.standalone.demo.Http;
import io.onceledger.standalone.demo.LedgerApi;
import io.onceledger.standalone.demo.Patience;
import io.onceledger.standalone.demo.Processor;
import io.onceledger.standalone.process.Component;
import io.onceledger.standalone.process.Readiness;
import io.onceledger.standalone.process.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stack of our own, everything that can be done to it, and the ways to look at it. */
final class Arena implements AutoCloseable {
  /** Whatever is killed is back within seconds; on a machine that is busy, within many. */
  private static final Duration BACK = Duration.ofSeconds(90);

  private static final long POLL_MILLIS = 20;

  private final Http http = new Http();
  private final Patience answers = new Patience("answer", BACK);
  private final Place place;
  private final Consumer<String> console;
  private final Map<String, String> settings;
  private final Map<String, HeldDown> services = new HashMap<>();
  private final LedgerApi api;
  private final Processor processor;
  private final Stack stack;
  private Records records;

  /** Looks whether the stack can be started. */
  Arena(Place place, Environment around, Map<String, String> settings, Consumer<String> console) {
    this.place = place;
    this.console = console;
    this.settings = Map.copyOf(settings);
    this.api = new LedgerApi(http, loopback(place.api(), ""));
    this.processor = new Processor(http, loopback(place.processor(), ""));
    this.stack = Stack.prepare(place.environment(around, settings), console, this::changed);
  }

  void start() throws SQLException {
    stack.start();
    records = Records.open(place.database());
  }

  LedgerApi api() {
    return api;
  }

  Processor processor() {
    return processor;
  }

  Records records() {
    return records;
  }

  Patience answers() {
    return answers;
  }

  void say(String line) {
    console.accept(line);
  }

  void faults(Object... namesAndValues) {
    var faults = Http.JSON.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      faults.set((String) namesAndValues[i], Http.JSON.valueToTree(namesAndValues[i + 1]));
    }
    processor.setFaults(faults, answers);
  }

  /** By SIGKILL; it is started again after a second. */
  void kill(String name) {
    ProcessHandle process = process(name);
    process.destroyForcibly();
    until(name + " ends", () -> !process.isAlive());
  }

  /** Like {@link #kill}, but it stays away until it is {@link #letGo let go}. */
  void holdDown(String name) {
    services.get(name).hold();
    kill(name);
  }

  void letGo(String name) {
    services.get(name).letGo();
  }

  /** Stops all its threads, as a machine does that has other things to do. */
  void pause(String name) {
    signal("-STOP", name);
  }

  void resume(String name) {
    signal("-CONT", name);
  }

  boolean isReady(String worker) {
    return Readiness.http(loopback(management(worker), "/q/health/ready")).ready();
  }

  boolean isProcessorReady() {
    return Readiness.http(loopback(place.processor(), "/faults")).ready();
  }

  /** A gauge of a worker; 0 while it does not answer. */
  double gauge(String worker, String name) {
    try {
      String text =
          http.send(
                  Http.request(loopback(management(worker), "/q/metrics"))
                      .header("Accept", "text/plain")
                      .build(),
                  BodyHandlers.ofString())
              .body();
      Matcher line =
          Pattern.compile("^" + name + "(?:\\{[^}]*})? ([0-9.E]+)$", Pattern.MULTILINE)
              .matcher(text);
      return line.find() ? Double.parseDouble(line.group(1)) : 0;
    } catch (IOException away) {
      return 0;
    }
  }

  /**
   * Looks again and again.
   *
   * @throws GivenUpException when it has taken too long
   */
  void until(String what, BooleanSupplier happened) {
    long deadline = System.nanoTime() + BACK.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new GivenUpException("waited in vain: " + what);
      }
      Patience.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void close() {
    // One that is paused or held down would not hear that it is to stop.
    services.values().forEach(HeldDown::letGo);
    if (records != null) {
      records.close();
    }
    stack.close();
  }

  private Service changed(Service service) {
    Service told = service instanceof Component component ? told(component) : service;
    HeldDown holdable = new HeldDown(told);
    services.put(service.name(), holdable);
    return holdable;
  }

  private Component told(Component component) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.putAll(component.environment());
    return new Component(
        component.name(),
        component.where(),
        component.command(),
        environment,
        component.log(),
        component.readiness(),
        component.patience());
  }

  private ProcessHandle process(String name) {
    Optional<ProcessHandle> found = living(name);
    while (found.isEmpty()) { // between its end and its next start
      Patience.sleep(POLL_MILLIS);
      found = living(name);
    }
    return found.get();
  }

  private Optional<ProcessHandle> living(String name) {
    Path file = place.data().resolve("run/" + name + ".pid");
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          .filter(ProcessHandle::isAlive);
    } catch (IOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private void signal(String signal, String name) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill " + signal + " " + process(name).pid())
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException failure) {
      throw new GivenUpException("kill " + signal + " " + name + ": " + failure.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new GivenUpException("interrupted");
    }
  }

  private int management(String worker) {
    return place.workerManagement() + Integer.parseInt(worker.substring("worker-".length())) - 1;
  }

  private static URI loopback(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
