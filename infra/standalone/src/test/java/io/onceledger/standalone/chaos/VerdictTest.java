package io.onceledger.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
  private final Verdict verdict = new Verdict();

  @Test
  void it_holds_when_nothing_is_broken_and_everything_was_exercised() {
    verdict.exercised("a takeover", 1);

    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.lines()).last().isEqualTo("Holds.");
  }

  @Test
  void a_run_that_did_not_exercise_what_it_claims_does_not_hold() {
    verdict.exercised("a takeover", 0);

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.lines()).contains("not exercised: a takeover");
    assertThat(verdict.json().path("not_exercised").get(0).asText()).isEqualTo("a takeover");
  }

  @Test
  void whatever_is_broken_is_told_and_what_is_too_much_is_counted() {
    for (int i = 0; i < 12; i++) {
      verdict.broken("charge " + i);
    }

    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.lines()).contains("broken: charge 9", "broken: and 2 more");
    assertThat(verdict.json().path("broken")).hasSize(12);
  }
}
