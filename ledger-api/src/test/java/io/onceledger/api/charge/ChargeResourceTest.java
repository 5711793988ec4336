package io.onceledger.api.charge;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.as;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static io.onceledger.api.testing.Requests.untilDecided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.testing.Processor;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.OwnThread;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class ChargeResourceTest {

  LedgerDatabase database;

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void a_charge_is_accepted_with_its_receipt() {
    String key = newKey();

    Response answer = charge(key, GOOD);

    answer
        .then()
        .statusCode(202)
        .contentType("application/json")
        .header("Idempotent-Replayed", nullValue())
        .body("object", equalTo("charge"))
        .body("amount", equalTo(1000))
        .body("currency", equalTo("USD"))
        .body("status", equalTo("pending"))
        .body("description", nullValue())
        .body("idempotency_key", equalTo(key))
        .body("created_at", org.hamcrest.Matchers.matchesPattern(".*T.*\\.\\d{6}Z"));
    assertThat(answer.header("Location")).isEqualTo("/v1/charges/" + answer.path("id"));
    asMerchant().get(answer.header("Location")).then().statusCode(200);
  }

  @Test
  void a_replayed_key_returns_the_first_receipt_byte_for_byte() throws SQLException {
    String key = newKey();
    Response first =
        charge(
            key,
            "{\"amount\":1000,\"currency\":\"USD\",\"payment_method\":\"pm_card_visa\","
                + "\"description\":\"Ünï\",\"metadata\":{\"b\":\"2\",\"a\":\"1\"}}");

    Response second =
        charge(
            "\"" + key + "\"",
            "{ \"metadata\" : {\"a\":\"1\",\"b\":\"2\"}, \"payment_method\":\"pm_card_visa\","
                + "\"description\":\"\\u00dcnï\",\n\"currency\":\"\\u0055SD\", \"amount\":1000 }");
    Processor.approveAll(database);
    Response third = charge(key, first.body().asString().isEmpty() ? "" : SAME);

    for (Response replay : List.of(second, third)) {
      replay.then().statusCode(202).header("Idempotent-Replayed", "true");
      assertThat(replay.body().asByteArray()).isEqualTo(first.body().asByteArray());
      assertThat(replay.header("Location")).isEqualTo(first.header("Location"));
    }
  }

  private static final String SAME =
      "{\"amount\":1000,\"currency\":\"USD\",\"payment_method\":\"pm_card_visa\","
          + "\"description\":\"Ünï\",\"metadata\":{\"b\":\"2\",\"a\":\"1\"}}";

  @Test
  void another_body_under_the_key_is_refused_with_its_pointers_and_without_values() {
    String key = newKey();
    String first = charge(key, GOOD).path("id");

    Response second =
        charge(key, "{\"amount\":2000,\"currency\":\"EUR\",\"payment_method\":\"pm_card_visa\"}");

    second
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/idempotency-key-reused"))
        .body("errors.pointer", contains("/amount", "/currency"))
        .body("resource", equalTo("/v1/charges/" + first));
    assertThat(second.body().asString()).doesNotContain("2000").doesNotContain("EUR");
  }

  @Test
  void a_key_whose_first_delivery_was_refused_is_free() {
    String key = newKey();
    charge(key, "{\"amount\":0,\"currency\":\"USD\",\"payment_method\":\"pm_card_visa\"}")
        .then()
        .statusCode(400);

    charge(key, GOOD).then().statusCode(202).header("Idempotent-Replayed", nullValue());
  }

  @Test
  void a_currency_that_is_not_in_use_is_refused_and_the_key_is_free() {
    String key = newKey();
    charge(key, GOOD.replace("USD", "HRK"))
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/currency"));

    charge(key, GOOD).then().statusCode(202);
  }

  @Test
  void two_merchants_with_equal_keys_have_a_charge_each_and_see_only_their_own() {
    String key = newKey();
    String mine = charge(key, GOOD).path("id");

    String theirs =
        as(LedgerUnderTest.OTHER_KEY)
            .header("Idempotency-Key", key)
            .contentType("application/json")
            .body(GOOD.replace("1000", "2000"))
            .post("/v1/charges")
            .then()
            .statusCode(202)
            .extract()
            .path("id");

    assertThat(theirs).isNotEqualTo(mine);
    String missing =
        asMerchant().get("/v1/charges/" + theirs).then().statusCode(404).extract().asString();
    String never = asMerchant().get("/v1/charges/ch_01h455vb4pex5vsknk084sn02q").asString();
    assertThat(missing).isEqualTo(never);
    asMerchant().get("/v1/charges?idempotency_key=" + key).then().body("data.id", contains(mine));
  }

  @Test
  void sixty_four_deliveries_at_once_get_one_receipt() {
    String key = newKey();
    ExecutorService threads = Executors.newFixedThreadPool(64);
    List<Response> answers;
    try {
      List<CompletableFuture<Response>> deliveries =
          IntStream.range(0, 64)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> untilDecided(() -> charge(key, GOOD)), threads))
              .toList();
      answers = deliveries.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdownNow();
    }

    assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
    assertThat(answers.stream().map(answer -> answer.body().asString()).distinct()).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.header("Idempotent-Replayed") == null))
        .as("the first answer, unless it was not known in time")
        .hasSizeLessThanOrEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM charge WHERE idempotency_key = ?", key))
        .isEqualTo(1);
  }

  @Test
  void whoever_prefers_to_wait_gets_the_settled_charge() throws Exception {
    String key = newKey();
    charge(key, GOOD);
    CompletableFuture<Response> waiting = OwnThread.supply(() -> waiting(key, "wait=20"));
    while (Processor.approveAll(database) == 0) {
      Thread.onSpinWait();
    }

    waiting
        .get()
        .then()
        .statusCode(200)
        .header("Preference-Applied", "wait=20")
        .header("Idempotent-Replayed", "true")
        .header("Location", notNullValue())
        .body("status", equalTo("succeeded"))
        .body("processor_payment", equalTo("pay_1"));
    waiting(key, "wait=0")
        .then()
        .statusCode(200)
        .header("Preference-Applied", "wait=0")
        .body("status", equalTo("succeeded"));
    waiting(newKey(), "wait=0").then().statusCode(202).body("status", equalTo("pending"));
    waiting(key, "wait=nonsense").then().statusCode(202).body("status", equalTo("pending"));
  }

  @Test
  void whoever_waits_in_vain_gets_the_receipt() {
    String key = newKey();
    Response receipt = charge(key, GOOD);

    Response late = waiting(key, "wait=1");

    late.then().statusCode(202).header("Preference-Applied", nullValue());
    assertThat(late.body().asByteArray()).isEqualTo(receipt.body().asByteArray());
  }

  /** What cannot be read makes what is committed no less so. */
  @Test
  void whoever_waits_for_what_nobody_can_read_gets_the_receipt() throws Exception {
    String key = newKey();
    charge(key, GOOD);
    Processor.approveAll(database);
    database.execute("REVOKE SELECT ON charge FROM ledger_reader");
    Response receipt;
    try {
      receipt = waiting(key, "wait=0");
    } finally {
      database.execute("GRANT SELECT ON charge TO ledger_reader");
    }
    receipt.then().statusCode(202).header("Location", startsWith("/v1/charges/ch_"));
    waiting(key, "wait=0").then().statusCode(200);
  }

  @Test
  void below_a_microsecond_a_charge_is_on_the_side_on_which_it_was_made() {
    String at = charge(newKey(), GOOD).path("created_at");
    String after = at.replace("Z", "4Z");
    assertThat(listed("created_from", at)).isNotEmpty();
    assertThat(listed("created_from", after)).doesNotContain(at);
    assertThat(listed("created_to", after)).contains(at);
  }

  private static List<String> listed(String bound, String instant) {
    return asMerchant().queryParam(bound, instant).get("/v1/charges").path("data.created_at");
  }

  @Test
  void pages_joined_are_the_whole_list_newest_first_while_inserts_go_on() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(0, charge(newKey(), GOOD.replace("USD", "CHF")).path("id"));
    }
    String from = asMerchant().get("/v1/charges/" + ids.get(6)).then().extract().path("created_at");

    List<String> joined = new ArrayList<>();
    String cursor = null;
    do {
      var request = asMerchant().queryParam("created_from", from).queryParam("limit", 3);
      Response page =
          (cursor == null ? request : request.queryParam("cursor", cursor)).get("/v1/charges");
      page.then().statusCode(200).body("data.size()", org.hamcrest.Matchers.lessThanOrEqualTo(3));
      joined.addAll(page.path("data.id"));
      cursor = page.path("next_cursor");
      charge(newKey(), GOOD);
    } while (cursor != null);

    assertThat(joined).isEqualTo(ids);
  }

  @Test
  void lists_are_filtered_by_status_key_and_time() throws SQLException {
    String settledKey = newKey();
    charge(settledKey, GOOD);
    Processor.approveAll(database);
    String pendingKey = newKey();
    String created = charge(pendingKey, GOOD).path("created_at");

    list("idempotency_key=" + pendingKey + "&status=pending").body("data", hasSize(1));
    list("idempotency_key=" + settledKey + "&status=pending").body("data", hasSize(0));
    list("idempotency_key=" + settledKey + "&status=succeeded").body("data", hasSize(1));
    list("idempotency_key=never-sent").body("data", hasSize(0)).body("next_cursor", nullValue());
    list("idempotency_key=" + pendingKey + "&created_to=" + created).body("data", hasSize(0));
    list("idempotency_key=" + pendingKey + "&created_from=" + created).body("data", hasSize(1));
  }

  private static io.restassured.response.ValidatableResponse list(String query) {
    return asMerchant().get("/v1/charges?" + query).then().statusCode(200);
  }

  @Test
  void a_malformed_id_is_simply_not_found() {
    for (String id : List.of("1", "ch_", "ch_01H455VB4PEX5VSKNK084SN02Q", "%00", "a'b")) {
      asMerchant()
          .urlEncodingEnabled(false)
          .get("/v1/charges/" + id)
          .then()
          .statusCode(404)
          .body("type", startsWith("/problems/not-found"));
    }
  }

  private static Response waiting(String key, String preference) {
    return asMerchant()
        .header("Idempotency-Key", key)
        .header("Prefer", preference)
        .contentType("application/json")
        .body(GOOD)
        .post("/v1/charges");
  }
}
