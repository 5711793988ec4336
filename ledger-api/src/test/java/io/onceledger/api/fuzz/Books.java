package io.onceledger.api.fuzz;

import static io.onceledger.api.testing.Requests.asOperator;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.api.fuzz.Draft.Caller;
import io.onceledger.core.testing.LedgerDatabase;
import io.restassured.path.json.JsonPath;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the database holds of the merchants at one time; other tests may have filled it before.
 *
 * @param keys with their merchant and resource
 * @param charges with their merchant and key
 */
record Books(Set<String> keys, Set<String> charges, JsonPath conservation) {

  private static final String KEYS =
      """
      SELECT ? || ' ' || key || ' '
          || public_id(CASE resource_type WHEN 'charge' THEN 'ch_' ELSE 're_' END, resource_id)
      FROM idempotency_key
      WHERE merchant_id = ?
      """;

  private static final String CHARGES =
      """
      SELECT ? || ' ' || idempotency_key || ' ' || public_id('ch_', id)
      FROM charge
      WHERE merchant_id = ?
      """;

  static Books of(LedgerDatabase database, Map<Caller, UUID> merchants) {
    assertThat(database.violations()).isEmpty();
    Set<String> keys = new HashSet<>();
    Set<String> charges = new HashSet<>();
    merchants.forEach(
        (caller, id) -> {
          keys.addAll(database.column(KEYS, caller.name(), id));
          charges.addAll(database.column(CHARGES, caller.name(), id));
        });
    return new Books(keys, charges, asOperator().get("/v1/ops/conservation").jsonPath());
  }

  /**
   * Compares what has come since {@code before} with what was answered: a key and a resource for
   * each acceptance, none for a refusal, and each delivery counted once.
   */
  void requireToBe(Books before, Judge judge) {
    assertThat(added(keys, before.keys)).isEqualTo(judge.accepted);
    assertThat(added(charges, before.charges))
        .isEqualTo(
            judge.accepted.stream()
                .filter(key -> key.contains(" ch_"))
                .collect(Collectors.toSet()));
    assertThat(more(before, "executed")).isEqualTo(judge.executed);
    assertThat(more(before, "replayed")).isEqualTo(judge.replayed);
    assertThat(more(before, "mismatched")).isEqualTo(judge.mismatched);
    assertThat(more(before, "deliveries"))
        .isEqualTo(judge.executed + judge.replayed + judge.mismatched);
    assertThat(judge.executed).isPositive();
    assertThat(judge.replayed).isPositive();
    assertThat(judge.mismatched).isPositive();
  }

  private long more(Books before, String figure) {
    return conservation.getLong(figure) - before.conservation.getLong(figure);
  }

  private static Set<String> added(Set<String> now, Set<String> before) {
    Set<String> added = new HashSet<>(now);
    added.removeAll(before);
    return added;
  }
}
