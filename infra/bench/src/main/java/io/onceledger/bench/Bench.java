package io.onceledger.bench;

import io.onceledger.bench.load.Loads;
import io.onceledger.bench.load.Programs;
import io.onceledger.bench.report.Figure;
import io.onceledger.bench.report.Findings;
import io.onceledger.bench.report.Page;
import io.onceledger.bench.report.Report;
import io.onceledger.bench.report.Requirement;
import io.onceledger.bench.rig.Machine;
import io.onceledger.bench.rig.Rig;
import io.onceledger.bench.scenario.Scenario;
import io.onceledger.bench.scenario.Trial;
import io.onceledger.standalone.Environment;
import io.onceledger.standalone.chaos.Place;
import io.onceledger.standalone.demo.BadInputException;
import io.onceledger.standalone.demo.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Plays scenarios one after the other, each on a fresh stack, and writes what they found.
 *
 * <p>Exit code 0: everything held. 1: not so, or it could not be carried out. 2: the arguments
 * cannot be used.
 */
public final class Bench {
  private final BenchOptions options;
  private final Environment environment = new Environment(System.getenv());
  private final AtomicLong runs = new AtomicLong(System.currentTimeMillis() & 0xffffff00L);
  private final long start = System.nanoTime();

  private Bench(BenchOptions options) {
    this.options = options;
  }

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      Path target =
          Path.of(System.getProperty("onceledger.root", "")).resolve("infra/bench/target");
      return new Bench(BenchOptions.parse(arguments, target.toAbsolutePath())).play() ? 0 : 1;
    } catch (BadInputException bad) {
      bad.lines().forEach(line -> System.err.println("infra/bench/run: " + line));
      return 2;
    } catch (CancellationException stopped) {
      return 1;
    } catch (IOException failure) {
      System.err.println("infra/bench/run: " + failure.getMessage());
      return 1;
    }
  }

  private boolean play() throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(Programs::stopAll, "stop programs"));
    Map<String, String> machine = Machine.now();
    machine.put("commit", System.getProperty("onceledger.commit", "unknown"));
    machine.put("kind of run", options.quick() ? "quick: to see that all works" : "full");
    List<Findings> all = new ArrayList<>();
    for (Scenario scenario : options.scenarios()) {
      Findings findings = play(scenario, machine);
      lines(findings).forEach(System.out::println);
      all.add(findings);
      write(new Report(at(), machine, all)); // what is there is there, whatever comes
    }
    say("written to %s and %s".formatted(options.json(), options.page()));
    return all.stream().allMatch(Findings::hold);
  }

  /** One that cannot be carried out does not hold; the others are played all the same. */
  private Findings play(Scenario scenario, Map<String, String> machine) throws IOException {
    Files.createDirectories(options.data());
    Path data = Files.createTempDirectory(options.data(), scenario.name() + "-");
    say("scenario %s, data in %s".formatted(scenario.name(), data));
    Findings findings = new Findings(scenario.name(), scenario.purpose());
    try {
      play(scenario, findings, machine, data);
      remove(data);
    } catch (CancellationException stopped) {
      throw stopped;
    } catch (RuntimeException | SQLException failure) {
      findings.require("it can be carried out", "" + failure.getMessage(), false);
      say("logs, journal and database are kept in " + data);
    }
    return findings;
  }

  private void play(Scenario scenario, Findings findings, Map<String, String> machine, Path data)
      throws IOException, SQLException {
    Rig rig = new Rig(Place.of(environment, data), environment, scenario.settings(), this::say);
    // A person who loses patience leaves nothing running; closing twice does nothing.
    Thread stop = new Thread(rig::close, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (rig) {
      rig.start();
      machine.put("PostgreSQL", rig.database().text("SELECT version()"));
      scenario.play(new Trial(rig, options, new Loads(data), this::say, runs), findings);
    } finally {
      unhook(stop);
    }
  }

  private static void unhook(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException stopping) {
      throw new CancellationException();
    }
  }

  private void write(Report report) throws IOException {
    for (Path file : List.of(options.json(), options.page())) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.writeString(
        options.json(),
        Http.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n");
    Files.writeString(options.page(), Page.of(report));
  }

  private static List<String> lines(Findings findings) {
    List<String> lines = new ArrayList<>();
    for (Figure figure : findings.figures()) {
      lines.add("%-56s %s".formatted(figure.name(), figure.text()));
    }
    for (Requirement requirement : findings.requirements()) {
      lines.add(
          "%s: %s (%s)"
              .formatted(
                  requirement.held() ? "Holds" : "DOES NOT HOLD",
                  requirement.what(),
                  requirement.measured()));
    }
    return lines;
  }

  private static String at() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void say(String line) {
    System.out.printf("%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Bench::delete);
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
