package io.onceledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final int CHARGES = 12;

  @Test
  void no_seed_breaks_a_promise_and_everything_that_may_go_wrong_did() {
    Suite suite = new Suite(new Decisions(), CHARGES);
    long random = new SplittableRandom().nextLong(1_000_000_000);
    System.out.println("simulation: seeds 1 to 4000, and 1000 from " + random);

    suite.run(1, 4_000).ifPresent(failing -> fail(suite.report(failing)));
    suite.run(random, 1_000).ifPresent(failing -> fail(suite.report(failing)));

    assertThat(suite.exercised().missing()).as("not exercised").isEmpty();
  }

  @Test
  void a_seed_is_one_run_to_the_last_line() {
    List<String> first = Run.told(Plan.of(7, CHARGES), new Decisions()).lines();

    assertThat(Run.told(Plan.of(7, CHARGES), new Decisions()).lines())
        .isEqualTo(first)
        .hasSizeGreaterThan(50);
  }

  @Test
  void telling_changes_nothing() {
    Run silent = Run.of(Plan.of(7, CHARGES), new Decisions());

    Run told = Run.told(Plan.of(7, CHARGES), new Decisions());

    assertThat(told.steps()).isEqualTo(silent.steps());
    assertThat(told.struck()).isEqualTo(silent.struck());
  }

  @Test
  void a_failing_run_is_reported_with_its_seed_and_the_fewest_faults_that_it_takes() {
    Decisions broken = PlantedBug.SERVER_ERROR_IS_A_DECLINE.decisions();
    Suite suite = new Suite(broken, CHARGES);
    Run failing = suite.run(1, 100).orElseThrow();

    Run smallest = Shrinking.of(failing, broken);

    assertThat(smallest.violation()).isPresent();
    assertThat(smallest.plan().charges()).isLessThanOrEqualTo(CHARGES);
    assertThat(smallest.struck().size()).isBetween(1, failing.struck().size());
    for (int question : smallest.struck()) {
      Run less = Run.of(smallest.plan().without(question), broken);
      assertThat(less.violation().isEmpty() || less.struck().size() >= smallest.struck().size())
          .as("without fault %d", question)
          .isTrue();
    }
    assertThat(suite.report(failing))
        .contains("seed " + failing.plan().seed() + " fails: ")
        .contains("--seed " + failing.plan().seed())
        .contains("processor: send order-");
  }

  @Test
  void many_charges_in_one_world_break_no_promise_either() {
    Suite suite = new Suite(new Decisions(), 500);

    suite.run(1, 20).ifPresent(failing -> fail(suite.report(failing)));
  }
}
