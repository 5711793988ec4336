package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Family
@DisplayName("9 The life of a key")
class KeyLifeRules {
  private final Ledger ledger;

  KeyLifeRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void a_key_tells_how_often_it_was_delivered_replayed_and_mismatched() {
    String key = ledger.newKey();
    Answer first = ledger.charge(key, ChargeJson.GOOD);
    ledger.charge(key, ChargeJson.GOOD);
    ledger.charge(key, ChargeJson.GOOD);
    ledger.charge(key, ChargeJson.with("amount", "101"));
    ledger.charge(key, ChargeJson.with("amount", "0"));

    Answer life = Figures.until("4 deliveries", () -> life(key), seen -> counts(seen, 4, 2, 1));

    assertThat(life)
        .hasStatus(200)
        .hasMember("key", key)
        .hasMember("resource", first.location())
        .expect(
            counts(life, 4, 2, 1), "4 deliveries, 2 replays and 1 mismatch (400s count nothing)");
  }

  @Test
  void of_64_equal_deliveries_63_are_counted_as_replays() {
    String key = ledger.newKey();
    ledger.atOnce(
        IntStream.range(0, 64).mapToObj(i -> ledger.delivery(key, ChargeJson.GOOD)).toList(),
        "/v1/charges");

    Answer life = Figures.until("64 deliveries", () -> life(key), seen -> counts(seen, 64, 63, 0));

    assertThat(life)
        .hasStatus(200)
        .expect(counts(life, 64, 63, 0), "64 deliveries, 63 replays and no mismatch");
  }

  @Test
  void a_key_shows_the_attempts_and_entries_of_its_charge_and_what_a_repeat_would_be() {
    String key = ledger.newKey();
    Settled.charge(ledger, key, ChargeJson.GOOD);

    Answer life = life(key);

    assertThat(life)
        .hasStatus(200)
        .expect(!life.text("first_seen_at").isEmpty(), "first_seen_at")
        .expect(!life.json().path("attempts").isEmpty(), "the attempts at the processor")
        .expect(!life.json().path("entries").isEmpty(), "the entries of a charge that succeeded")
        .expect(!life.json().path("timeline").isEmpty(), "a timeline")
        .expect(
            life.json().path("next_retry").path("verdict").asText().equals("replay"),
            "next_retry with verdict replay");
    for (String member : List.of("events", "webhook_deliveries")) {
      assertThat(life).expect(life.json().path(member).isArray(), "a list " + member);
    }
  }

  @Test
  void a_key_of_any_characters_can_be_asked_for() {
    String key = ledger.newKey() + "/a b\"c\\d?e=f&g%2F";
    Answer first = ledger.charge(SameKeyRules.quoted(key), ChargeJson.GOOD);

    assertThat(ledger.merchant().get("/v1/idempotency-keys?key=" + URLEncoder.encode(key, UTF_8)))
        .hasStatus(200)
        .hasMember("key", key)
        .hasMember("resource", first.location());
  }

  @Test
  void a_key_that_was_never_sent_or_only_refused_is_a_404() {
    String refused = ledger.newKey();
    ledger.charge(refused, "{");

    assertThat(life(ledger.newKey())).isProblem(404, "not-found");
    assertThat(life(refused)).isProblem(404, "not-found");
    assertThat(ledger.merchant().get("/v1/idempotency-keys?key=" + ledger.newKey()))
        .isProblem(404, "not-found");
  }

  private Answer life(String key) {
    return ledger.merchant().get("/v1/idempotency-keys/" + key);
  }

  private static boolean counts(Answer life, int deliveries, int replays, int mismatches) {
    return life.json().path("deliveries").asInt(-1) == deliveries
        && life.json().path("replays").asInt(-1) == replays
        && life.json().path("mismatches").asInt(-1) == mismatches;
  }
}
