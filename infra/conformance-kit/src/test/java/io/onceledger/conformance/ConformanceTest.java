package io.onceledger.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.conformance.TinyLedger.Flaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kit that cannot fail proves nothing: here it meets ledgers that are wrong in one way each. */
class ConformanceTest {
  private static final String BYTES = "a repeat gets the same bytes and location";
  private static final String UNCHANGED = "a refused repeat changes nothing";
  private static final String PARALLEL = "of 64 equal deliveries one makes the charge";
  private static final String TWO_BODIES = "of 64 deliveries of two bodies";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "NONE," + BYTES + ",0",
    "NONE," + UNCHANGED + ",0",
    "NONE," + PARALLEL + ",0",
    "NONE," + TWO_BODIES + ",0",
    "FORGETS_KEYS," + BYTES + ",1",
    "FORGETS_KEYS," + PARALLEL + ",1",
    "CHANGES_RECEIPTS," + BYTES + ",1",
    "CHANGES_RECEIPTS," + PARALLEL + ",1",
    "HIDES_REPLAYS," + BYTES + ",1",
    "HIDES_REPLAYS," + PARALLEL + ",1",
    "IGNORES_BODIES," + UNCHANGED + ",1",
    "IGNORES_BODIES," + TWO_BODIES + ",1",
    "ANSWERS_NONSENSE," + BYTES + ",1",
    "ANSWERS_NONSENSE," + PARALLEL + ",1",
  })
  void a_rule_holds_for_who_keeps_it_and_is_broken_by_who_does_not(Flaw flaw, String rule, int code)
      throws IOException {
    try (TinyLedger ledger = new TinyLedger(flaw)) {
      int exit = run(ledger.url(), "--only", rule);

      assertThat(exit).as(printed()).isEqualTo(code);
      assertThat(printed()).contains((code == 0 ? "  ok      " : "  BROKEN  ") + rule);
      assertThat(printed()).contains("1 rule, 1 case, ").doesNotContain("no answer");
    }
  }

  @Test
  void what_was_expected_seen_and_sent_is_printed_but_no_api_key() throws IOException {
    try (TinyLedger ledger = new TinyLedger(Flaw.HIDES_REPLAYS)) {
      run(ledger.url(), "--only", BYTES);

      assertThat(printed())
          .contains("5.3 The receipt, and its replays")
          .containsPattern("expected  Idempotent-Replayed: true, as the key was sent before")
          .containsPattern("seen      202, .*\"status\":\"pending\"")
          .containsPattern("sent      POST /v1/charges, .*Idempotency-Key: conformance-")
          .doesNotContain("sk_test_demo");
    }
  }

  @Test
  void a_ledger_that_is_not_there_is_one_line_and_no_rule() throws IOException {
    TinyLedger gone = new TinyLedger(Flaw.NONE);
    gone.close();

    assertThat(run(gone.url())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .hasLineCount(1)
        .startsWith("infra/conformance: cannot reach " + gone.url() + ": ");
    assertThat(printed()).isEmpty();
  }

  @Test
  void rules_are_listed_by_family_and_only_those_asked_for() {
    assertThat(run("--list", "--only", "64 equal")).isZero();
    assertThat(printed().lines())
        .startsWith(
            "5.4 Many deliveries at once", "  " + PARALLEL + " and all get the same receipt");

    assertThat(run("--list", "--only", "no rule has this")).isEqualTo(2);
  }

  private int run(String... arguments) {
    return Conformance.run(List.of(arguments), Map.of(), stream(out), stream(err));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
