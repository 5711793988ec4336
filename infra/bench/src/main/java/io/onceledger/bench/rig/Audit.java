package io.onceledger.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.bench.report.Findings;
import java.util.List;
import java.util.Optional;

/**
 * Whether all is right when a scenario is over. What the API cannot answer in time about large
 * books is read by SQL, without a bound.
 */
public final class Audit {
  private static final String VIOLATIONS =
      "SELECT name || ': ' || detail FROM ledger_violation LIMIT 10";

  /** deliveries = executed + replayed + mismatched; their difference. */
  private static final String UNCONSERVED =
      """
      SELECT (SELECT coalesce(sum(deliveries), 0) FROM delivery_tally)
             - (SELECT count(*) FROM idempotency_key)
             - (SELECT coalesce(sum(replays + mismatches), 0) FROM key_repeat)
      """;

  private static final String SUCCEEDED = "SELECT count(*) FROM charge WHERE status = 'succeeded'";

  private static final String REVIEWED =
      "SELECT count(*) FROM charge WHERE status = 'needs_review'";

  private final Rig rig;
  private final Findings findings;

  public Audit(Rig rig, Findings findings) {
    this.rig = rig;
    this.findings = findings;
  }

  /**
   * Holds the books to their invariants and the journal to the books.
   *
   * @param seeded charges that succeeded without the processor
   */
  public void hold(long seeded) {
    invariants();
    conservation();
    journal(seeded);
  }

  private void invariants() {
    Optional<JsonNode> told = rig.operator().invariants();
    if (told.isPresent()) {
      int violations = told.get().path("violations").size();
      findings.require("/v1/ops/invariants is empty", violations + " violations", violations == 0);
    } else {
      List<String> violations = rig.database().texts(VIOLATIONS);
      findings.require(
          "ledger_violation is empty (read by SQL: /v1/ops/invariants did not answer in time)",
          violations.isEmpty() ? "0 violations" : String.join("; ", violations),
          violations.isEmpty());
    }
  }

  private void conservation() {
    Optional<JsonNode> told = rig.operator().conservation();
    long unaccounted =
        told.map(
                json ->
                    json.path("deliveries").asLong()
                        - json.path("executed").asLong()
                        - json.path("replayed").asLong()
                        - json.path("mismatched").asLong())
            .orElseGet(() -> rig.database().number(UNCONSERVED).longValue());
    findings.require(
        "deliveries = executed + replayed + mismatched"
            + (told.isPresent() ? "" : " (by SQL: /v1/ops/conservation did not answer in time)"),
        unaccounted == 0 ? "so it is" : unaccounted + " unaccounted for",
        unaccounted == 0);
  }

  private void journal(long seeded) {
    JsonNode journal = rig.journal();
    long doubled = journal.path("double_effects").asLong();
    long effects = journal.path("effects").asLong();
    long succeeded = rig.database().number(SUCCEEDED).longValue() - seeded;
    long reviewed = rig.database().number(REVIEWED).longValue();
    findings.require(
        "no double effect in the processor's journal", doubled + " double", doubled == 0);
    findings.require(
        "as many effects as charges that succeeded",
        effects + " and " + succeeded + (reviewed == 0 ? "" : ", " + reviewed + " in review"),
        effects >= succeeded && effects <= succeeded + reviewed);
  }
}
