package io.onceledger.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.bench.load.LoadResult.Latency;
import io.onceledger.bench.load.Programs.Running;
import io.onceledger.standalone.demo.GivenUpException;
import io.onceledger.standalone.demo.Http;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Starts clients, each kind by the generator that does it best. */
public final class Loads {
  /** Long enough for what waits in a queue that is full. */
  private static final String PATIENCE = "20s";

  /** As charges.lua reads it. */
  private static final String GATE = "ONCELEDGER_GATE";

  private final Optional<Path> wrk;
  private final Path script;

  /**
   * Looks for the generators.
   *
   * @param directory where the script for wrk is put
   */
  public Loads(Path directory) throws IOException {
    wrk = Programs.find("wrk");
    script = directory.resolve("charges.lua");
    try (InputStream lua = Loads.class.getResourceAsStream("charges.lua")) {
      Files.copy(lua, script, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Clients that are under way. */
  public static final class Clients {
    private final Running program;
    private final Function<String, LoadResult> result;

    private Clients(Running program, Function<String, LoadResult> result) {
      this.program = program;
      this.result = result;
    }

    /** Waits for their end. */
    public LoadResult result() {
      return result.apply(program.json());
    }

    public void stop() {
      program.stop();
    }
  }

  public boolean hasWrk() {
    return wrk.isPresent();
  }

  public Clients start(Load load) {
    return load.rate() == 0 && wrk.isPresent() ? wrk(load) : hyperfoil(load);
  }

  public LoadResult run(Load load) {
    return start(load).result();
  }

  private Clients wrk(Load load) {
    List<String> command =
        new ArrayList<>(
            List.of(
                wrk.orElseThrow().toString(),
                "-t1",
                "-c" + load.connections(),
                "-d" + load.seconds() + "s",
                "--timeout",
                PATIENCE,
                "-s",
                script.toString(),
                "http://127.0.0.1:" + load.port(),
                "--",
                load.keys().kind().name(),
                Long.toString(load.keys().count()),
                load.run()));
    command.addAll(load.merchants());
    // wrk asks once whether there is a delay(), before it gives the script its arguments.
    Map<String, String> gate = load.gate().isEmpty() ? Map.of() : Map.of(GATE, load.gate());
    return new Clients(Programs.start(command, gate), Loads::wrkResult);
  }

  private static LoadResult wrkResult(String line) {
    JsonNode json = json(line);
    Latency latency =
        new Latency(
            json.path("p50").asDouble(),
            json.path("p99").asDouble(),
            json.path("p999").asDouble(),
            json.path("most").asDouble());
    long refused = json.path("refused").asLong();
    return new LoadResult(
        json.path("seconds").asDouble(),
        json.path("answers").asLong() - refused,
        refused,
        json.path("failed").asLong(),
        latency,
        latency,
        List.of());
  }

  private static Clients hyperfoil(Load load) {
    try {
      return new Clients(
          Programs.start(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Generator.class.getName(),
                  Http.JSON.writeValueAsString(load))),
          line -> {
            try {
              return Http.JSON.readValue(line, LoadResult.class);
            } catch (JsonProcessingException noResult) {
              throw new GivenUpException("the generator said: " + line);
            }
          });
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode json(String line) {
    try {
      return Http.JSON.readTree(line);
    } catch (JsonProcessingException noJson) {
      throw new GivenUpException("wrk said: " + line);
    }
  }
}
