package io.onceledger.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.opentest4j.TestAbortedException;

class VerdictTest {
  private final Verdict verdict = new Verdict();

  @Test
  void a_rule_that_holds_is_one_line() {
    verdict.add("", TestExecutionResult.successful());

    assertThat(verdict.lines("a rule")).containsExactly("  ok      a rule");
  }

  @Test
  void a_table_is_one_line_with_its_cases_and_each_broken_one_below() {
    verdict.add("one", TestExecutionResult.successful());
    verdict.add("two", broken("expected  1\n\nseen      2"));

    assertThat(verdict.isBroken()).isTrue();
    assertThat(verdict.lines("a rule"))
        .containsExactly(
            "  BROKEN  a rule (1 of 2 cases)",
            "            - two",
            "            expected  1",
            "            seen      2");
  }

  @Test
  void of_many_broken_cases_the_first_five_are_shown() {
    for (int i = 1; i <= 7; i++) {
      verdict.add("case " + i, broken("reason"));
    }

    assertThat(verdict.lines("a rule"))
        .hasSize(12)
        .contains("            - case 5")
        .endsWith("            and 2 cases more");
  }

  @Test
  void a_rule_about_what_is_not_offered_is_skipped_and_not_broken() {
    verdict.add("", TestExecutionResult.aborted(new TestAbortedException("no refunds here")));

    assertThat(verdict.isSkipped()).isTrue();
    assertThat(verdict.isBroken()).isFalse();
    assertThat(verdict.lines("a rule"))
        .containsExactly("  skipped a rule", "            no refunds here");
  }

  @Test
  void an_exception_that_no_rule_expects_is_called_the_rules_own() {
    verdict.add("", TestExecutionResult.failed(new IllegalStateException("oops")));

    assertThat(verdict.lines("a rule").get(1))
        .isEqualTo("            the rule itself failed: java.lang.IllegalStateException: oops");
  }

  @Test
  void what_others_have_written_cannot_steer_a_terminal_and_is_cut() {
    verdict.add("", broken("a\u001b[31mb\u202ec\u0085d " + "x".repeat(1_000)));

    assertThat(verdict.lines("a rule").get(1))
        .startsWith("            a?[31mb?c?d x")
        .hasSizeLessThan(300)
        .endsWith("…");
  }

  private static TestExecutionResult broken(String reason) {
    return TestExecutionResult.failed(new AssertionError(reason));
  }
}
