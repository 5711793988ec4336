package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Comes last, so that everything that was done before is judged with it. */
@Family
@DisplayName("9 The proof")
class ProofRules {
  private final Ledger ledger;

  ProofRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void deliveries_are_as_many_as_executed_replayed_and_mismatched_together() {
    Answer figures =
        Figures.until(
            "conservation",
            () -> ledger.operator().get("/v1/ops/conservation"),
            ProofRules::isConserved);

    assertThat(figures)
        .hasStatus(200)
        .expect(isConserved(figures), "deliveries = executed + replayed + mismatched");
  }

  @Test
  void the_processor_acted_no_more_than_once_for_any_charge() {
    Answer figures = ledger.operator().get("/v1/ops/conservation");

    JsonNode escaped = figures.json().path("escaped");
    assertThat(figures)
        .hasStatus(200)
        .expect(
            escaped.isNull() || escaped.asLong(-1) == 0,
            "escaped 0, or null where the processor was not asked");
  }

  @Test
  void no_invariant_is_violated() {
    Answer invariants = ledger.operator().get("/v1/ops/invariants");

    assertThat(invariants)
        .hasStatus(200)
        .expect(!invariants.json().path("checks").isEmpty(), "the invariants under checks")
        .expect(
            invariants.json().path("violations").isArray()
                && invariants.json().path("violations").isEmpty(),
            "no violations");
  }

  private static boolean isConserved(Answer figures) {
    JsonNode json = figures.json();
    return json.path("deliveries").isIntegralNumber()
        && json.path("deliveries").asLong()
            == json.path("executed").asLong(-1)
                + json.path("replayed").asLong(-1)
                + json.path("mismatched").asLong(-1);
  }
}
