package io.onceledger.standalone.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onceledger.standalone.Environment;
import io.onceledger.standalone.demo.BadInputException;
import io.onceledger.standalone.demo.GivenUpException;
import io.onceledger.standalone.demo.Http;
import io.onceledger.standalone.process.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Plays a scenario on a stack of its own, in a directory that is removed unless it is needed to see
 * what went wrong.
 *
 * <p>Exit code 0: everything held, and what was to happen did. 1: not so, or it could not be
 * carried out. 2: the arguments cannot be used.
 */
public final class Chaos {
  private final ChaosOptions options;
  private final Environment environment;
  private final Path data;
  private final long start = System.nanoTime();

  private Chaos(ChaosOptions options, Environment environment, Path data) {
    this.options = options;
    this.environment = environment;
    this.data = data;
  }

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      ChaosOptions options = ChaosOptions.parse(arguments, System.currentTimeMillis() % 1_000_000);
      Path data = Files.createTempDirectory("onceledger-chaos-");
      boolean holds = new Chaos(options, new Environment(System.getenv()), data).judge();
      if (holds) {
        remove(data);
      } else {
        System.err.println("infra/chaos: logs, journal and database are kept in " + data);
      }
      return holds ? 0 : 1;
    } catch (BadInputException bad) {
      bad.lines().forEach(line -> System.err.println("infra/chaos: " + line));
      return 2;
    } catch (IOException failure) {
      System.err.println("infra/chaos: " + failure);
      return 1;
    }
  }

  private boolean judge() throws IOException {
    say("scenario %s, seed %d, data in %s".formatted(options.scenario(), options.seed(), data));
    Scenario scenario = options.chosen();
    Verdict verdict;
    try (Arena arena =
        new Arena(Place.of(environment, data), environment, scenario.settings(), this::say)) {
      // A person who loses patience leaves nothing running; closing twice does nothing.
      Runtime.getRuntime().addShutdownHook(new Thread(arena::close, "stop"));
      arena.start();
      verdict = scenario.play(arena);
    } catch (CancellationException stopped) {
      return false;
    } catch (RefusedException | GivenUpException | SQLException failure) {
      System.err.println("infra/chaos: " + failure.getMessage());
      return false;
    }
    verdict.lines().forEach(System.out::println);
    write(verdict);
    return verdict.holds();
  }

  private void write(Verdict verdict) throws IOException {
    if (options.json().isEmpty()) {
      return;
    }
    ObjectNode json = Http.JSON.createObjectNode();
    json.put("scenario", options.scenario());
    json.put("seed", options.seed());
    json.put("seconds", options.seconds());
    json.put("lookup_and_cancel", options.askable());
    json.put("at", Instant.now().toString());
    json.setAll(verdict.json());
    Files.writeString(
        options.json().get(),
        Http.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  private void say(String line) {
    System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Chaos::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
