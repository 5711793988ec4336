package io.onceledger.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.api.fuzz.Draft.Caller;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what no answer may be, whatever was asked, and keeps the books of what was answered, so that
 * they can be held against the database.
 */
final class Judge {

  /** Merchant, key and resource of what was accepted. */
  final Set<String> accepted = new HashSet<>();

  final Sightings sightings = new Sightings();

  /** Answers by operation and status. */
  final Map<String, Map<Integer, Integer>> counts = new TreeMap<>();

  /** Receipts by merchant and key, as they first were. */
  private final Map<String, String> receipts = new HashMap<>();

  long executed;
  long replayed;
  long mismatched;

  /** Checks one answer; {@code body} is what it says, missing when that is not JSON. */
  void check(Draft draft, HttpResponse<String> answer, JsonNode body) {
    int status = answer.statusCode();
    assertThat(status).isLessThan(500);
    if (status >= 400) {
      refused(answer, body);
    } else {
      assertThat(status).isBetween(200, 299);
      assertThat(draft.caller == Caller.NOBODY && !draft.operation.open()).isFalse();
    }
    sightings.add(draft, answer);
    if (draft.method.equals(draft.operation.method())) {
      counts
          .computeIfAbsent(draft.operation.id(), id -> new TreeMap<>())
          .merge(status, 1, Integer::sum);
      if (draft.operation.takesKey()) {
        delivered(draft, answer, body);
      }
    }
  }

  private static void refused(HttpResponse<String> answer, JsonNode body) {
    assertThat(answer.headers().firstValue("Content-Type").orElse("none"))
        .startsWith("application/problem+json");
    assertThat(body.path("type").asText()).startsWith("/problems/");
    assertThat(body.path("status").asInt()).isEqualTo(answer.statusCode());
    assertThat(body.path("detail").asText()).isNotBlank();
  }

  private void delivered(Draft draft, HttpResponse<String> answer, JsonNode body) {
    if (answer.statusCode() == 422 && body.path("type").asText().endsWith("-reused")) {
      mismatched++;
      assertThat(body.path("errors").isEmpty() && body.path("resource").isMissingNode()).isFalse();
    }
    if (answer.statusCode() >= 300) {
      return;
    }
    boolean repeat = answer.headers().firstValue("Idempotent-Replayed").isPresent();
    String key = draft.caller + " " + body.get("idempotency_key").textValue();
    boolean first = accepted.add(key + " " + body.get("id").textValue());
    assertThat(repeat).isNotEqualTo(first);
    if (first) {
      executed++;
    } else {
      replayed++;
    }
    if (answer.statusCode() == 202) {
      assertThat(answer.body()).isEqualTo(receipts.computeIfAbsent(key, k -> answer.body()));
    }
  }
}
