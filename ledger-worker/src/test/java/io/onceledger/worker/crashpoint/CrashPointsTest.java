package io.onceledger.worker.crashpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A charge is charged once or not at all, and everybody says the same of it, whatever happens to
 * whichever process at whichever boundary. The boundaries are those that a run without faults
 * passes, so what the product does more tomorrow is struck tomorrow.
 */
class CrashPointsTest {

  /** Each fault is expected at each of these: at the first attempt, and at a later one. */
  private static final int ATTEMPTS = 2;

  /** Held, for one that nobody holds forgets its level. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("io.onceledger"), Logger.getLogger("io.vertx"));

  private static final List<Strike> EXERCISED = new ArrayList<>();

  private static final boolean ALL = "all".equals(System.getProperty("crashpoints"));

  /** One of so many is struck in an ordinary build. */
  private static final int SHARE = 12;

  private static final long SEED = Long.getLong("crashpoints.seed", System.nanoTime());
  private static final Random RANDOM = new Random(SEED);
  private static final Set<String> CHOSEN = new HashSet<>();

  private static World world;

  @BeforeAll
  static void open() throws SQLException {
    // Hundreds of crashes, each with its stack trace.
    LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    world = new World();
  }

  @TestFactory
  Stream<DynamicContainer> whatever_strikes_at_a_boundary_the_charge_ends_right() {
    return Walk.ALL.stream()
        .map(
            walk ->
                dynamicContainer(
                    walk.text(), boundaries(walk).stream().flatMap(at -> strikes(walk, at))));
  }

  /**
   * All of them with {@code -Dcrashpoints=all}, some five minutes; else some of each walk, others
   * each time, and at least one for each kind at each stage and attempt.
   */
  private static Stream<DynamicTest> strikes(Walk walk, Boundary at) {
    return Stream.of(Kind.values())
        .map(kind -> new Strike(at, kind))
        .filter(CrashPointsTest::isChosen)
        .map(strike -> dynamicTest(strike.toString(), () -> strike(walk, strike)));
  }

  private static boolean isChosen(Strike strike) {
    String cell = cell(strike.at().stage(), strike.kind(), strike.at().visit());
    return ALL || CHOSEN.add(cell) || RANDOM.nextInt(SHARE) == 0;
  }

  private static void strike(Walk walk, Strike strike) throws Exception {
    try (Run run = new Run(world, walk, List.of(strike))) {
      run.toItsEnd();

      assertThat(run.course().hasStruck(strike)).as("not exercised").isTrue();
      new Aftermath(world, run).isRight();
      EXERCISED.add(strike);
    }
  }

  /**
   * All that a charge passes after what happens to it in any case; those before are other walks'.
   */
  private static List<Boundary> boundaries(Walk walk) {
    try (Run run = new Run(world, walk, List.of())) {
      run.toItsEnd();
      assertThat(walk.before()).as("not exercised").allMatch(run.course()::hasStruck);
      new Aftermath(world, run).isRight();
      List<Boundary> passed = run.course().passed();
      int from = walk.before().stream().mapToInt(s -> passed.indexOf(s.at())).min().orElse(-1);
      return passed.subList(from + 1, passed.size()).stream()
          .filter(at -> walk.stages().contains(at.stage()))
          .filter(at -> walk.before().stream().noneMatch(strike -> strike.at().equals(at)))
          .toList();
    } catch (Exception e) {
      throw new IllegalStateException("cannot even walk without a fault: " + walk.text(), e);
    }
  }

  @AfterAll
  static void every_stage_was_struck_in_every_way() throws Exception {
    world.close();
    LOGGERS.forEach(logger -> logger.setLevel(null));
    Map<String, Integer> counts = new TreeMap<>();
    for (Strike strike : EXERCISED) {
      counts.merge(cell(strike.at().stage(), strike.kind(), strike.at().visit()), 1, Integer::sum);
    }
    System.out.printf(
        "Crash points: %d runs at %d boundaries (-Dcrashpoints=%s -Dcrashpoints.seed=%d)%n",
        EXERCISED.size(),
        EXERCISED.stream().map(Strike::at).distinct().count(),
        ALL ? "all" : "some",
        SEED);
    counts.forEach((cell, runs) -> System.out.printf("  %4d  %s%n", runs, cell));
    for (Stage stage : Stage.values()) {
      System.out.printf(
          "  %s: %s%n",
          stage.text(),
          new TreeSet<>(
              EXERCISED.stream()
                  .map(Strike::at)
                  .filter(at -> at.stage() == stage)
                  .map(Boundary::point)
                  .toList()));
      for (Kind kind : Kind.values()) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
          assertThat(counts).as("not exercised").containsKey(cell(stage, kind, attempt));
        }
      }
    }
  }

  private static String cell(Stage stage, Kind kind, int visit) {
    return "%s, %s, %s"
        .formatted(
            stage.text(), kind.text(), visit == 1 ? "first attempt" : "second attempt or later");
  }
}
