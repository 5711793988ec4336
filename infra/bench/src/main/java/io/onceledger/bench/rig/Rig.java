package io.onceledger.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.bench.load.Programs;
import io.onceledger.standalone.Environment;
import io.onceledger.standalone.Stack;
import io.onceledger.standalone.chaos.Place;
import io.onceledger.standalone.demo.Http;
import io.onceledger.standalone.demo.Patience;
import io.onceledger.standalone.demo.Processor;
import io.onceledger.standalone.process.Component;
import io.onceledger.standalone.process.Readiness;
import io.onceledger.standalone.process.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A stack of our own, and what can be done to it. */
public final class Rig implements AutoCloseable {
  /**
   * The mock keeps the keys of a day in memory, some hundred bytes each; it is not what we measure.
   */
  private static final String MOCK_HEAP = "-Xmx3g";

  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Place place;
  private final Stack stack;
  private final Processor processor;
  private final Operator operator;

  /** Each has a client of its own, and may be asked many times a second. */
  private final Map<String, Readiness> readiness = new HashMap<>();

  private Database database;

  /**
   * Looks whether the stack can be started.
   *
   * @param settings variables of {@code infra/up} that differ from what is set around us
   */
  public Rig(
      Place place, Environment around, Map<String, String> settings, Consumer<String> console) {
    this.place = place;
    this.processor = new Processor(new Http(), loopback(place.processor(), ""));
    this.operator = new Operator(loopback(place.api(), ""));
    this.stack = Stack.prepare(place.environment(around, settings), console, Rig::changed);
  }

  public void start() throws SQLException {
    stack.start();
    database = Database.open(place.database());
  }

  public Database database() {
    return database;
  }

  public Operator operator() {
    return operator;
  }

  public int apiPort() {
    return place.api();
  }

  public int databasePort() {
    return place.database();
  }

  /** Files that last as long as the stack. */
  public Path directory() {
    return place.data();
  }

  public Processes processes() {
    return Processes.of(place.data().resolve("run"));
  }

  public void faults(Object... namesAndValues) {
    var faults = Http.JSON.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      faults.set((String) namesAndValues[i], Http.JSON.valueToTree(namesAndValues[i + 1]));
    }
    processor.setFaults(faults, patience());
  }

  /** What the processor's journal comes to. */
  public JsonNode journal() {
    return processor.summary(patience());
  }

  /** By SIGKILL; it is started again after a second. */
  public void kill(String name) {
    process(name).destroyForcibly();
  }

  /** Stops all its threads. */
  public void pause(String name) {
    signal("-STOP", name);
  }

  public void resume(String name) {
    signal("-CONT", name);
  }

  public ProcessHandle process(String name) {
    return ProcessHandle.of(pid(name)).orElseThrow();
  }

  /** As it was started last; it may have ended. */
  public long pid(String name) {
    try {
      String pid = Files.readString(place.data().resolve("run").resolve(name + ".pid"));
      return Long.parseLong(pid.strip());
    } catch (IOException failure) {
      throw new IllegalStateException(name + " is not there: " + failure, failure);
    }
  }

  public boolean isReady(String name) {
    return readiness.computeIfAbsent(name, this::readiness).ready();
  }

  private Readiness readiness(String name) {
    int port =
        name.equals("api")
            ? place.apiManagement()
            : place.workerManagement() + Integer.parseInt(name.substring("worker-".length())) - 1;
    return Readiness.http(loopback(port, "/q/health/ready"));
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
    stack.close();
  }

  private void signal(String signal, String name) {
    Programs.start(List.of("kill", signal, Long.toString(process(name).pid()))).lines();
  }

  private static Service changed(Service service) {
    if (service instanceof Component component && component.name().equals("processor")) {
      return new Component(
          component.name(),
          component.where(),
          component.command().stream()
              .map(word -> word.startsWith("-Xmx") ? MOCK_HEAP : word)
              .toList(),
          component.environment(),
          component.log(),
          component.readiness(),
          component.patience());
    }
    return service;
  }

  private static Patience patience() {
    return new Patience("answer", ANSWER);
  }

  private static URI loopback(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
