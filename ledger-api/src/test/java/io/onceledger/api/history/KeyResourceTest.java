package io.onceledger.api.history;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.as;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.isToBeRepeated;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.testing.Processor;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class KeyResourceTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  LedgerDatabase database;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @AfterEach
  void all_that_came_in_is_accounted_for() {
    Response counts = asOperator().get("/v1/ops/conservation");
    counts.then().statusCode(200);
    assertThat(counts.<Integer>path("deliveries"))
        .isEqualTo(
            counts.<Integer>path("executed")
                + counts.<Integer>path("replayed")
                + counts.<Integer>path("mismatched"));
  }

  @Test
  void a_key_tells_its_life() throws SQLException {
    String key = newKey();
    Response receipt = charge(key, GOOD);
    charge(key, GOOD);
    charge(key, GOOD.replace("1000", "1001"));
    charge(key, GOOD.replace("USD", "EUR"));
    Processor.approveAll(database);

    Response life = asMerchant().get("/v1/idempotency-keys/" + key);

    life.then()
        .statusCode(200)
        .body("key", equalTo(key))
        .body("resource", equalTo(receipt.header("Location")))
        .body("first_seen_at", equalTo(receipt.path("created_at")))
        .body("deliveries", equalTo(4))
        .body("replays", equalTo(1))
        .body("mismatches", equalTo(2))
        .body("attempts", hasSize(1))
        .body("attempts[0].n", equalTo(1))
        .body("attempts[0].outcome", equalTo("approved"))
        .body("attempts[0].http_status", equalTo(201))
        .body("attempts[0].latency_ms", equalTo(5))
        .body("entries.kind", contains("charge", "fee"))
        .body("events.type", contains("charge.succeeded"))
        .body("events[0].sequence", equalTo(1))
        .body("events[0].data.status", equalTo("succeeded"))
        .body("events[0].data.id", equalTo(receipt.path("id")))
        .body("webhook_deliveries", empty())
        .body("next_retry.verdict", equalTo("replay"));
    assertThat(life.<List<String>>path("timeline.what"))
        .startsWith("accepted")
        .contains("attempt", "charge.succeeded", "entry", "repeated");
    assertThat(life.<List<String>>path("timeline.at")).isSorted();
  }

  @Test
  void the_verdict_is_that_of_the_function_that_decides_real_repeats() {
    String key = newKey();
    charge(key, GOOD);
    database.execute("UPDATE charge SET amount = 7 WHERE idempotency_key = '%s'".formatted(key));

    asMerchant()
        .get("/v1/idempotency-keys/" + key)
        .then()
        .body("next_retry.verdict", equalTo("mismatch"));
    charge(key, GOOD.replace("1000", "7")).then().statusCode(422);

    database.execute("UPDATE charge SET amount = 1000 WHERE idempotency_key = '%s'".formatted(key));
  }

  @Test
  void any_character_of_a_key_can_be_asked_for() {
    for (String key : List.of("a b/" + newKey(), "100%;" + newKey(), "x?y&z=" + newKey())) {
      charge("\"" + key + "\"", GOOD).then().statusCode(202);

      asMerchant()
          .queryParam("key", key)
          .get("/v1/idempotency-keys")
          .then()
          .statusCode(200)
          .body("key", equalTo(key));
    }
  }

  @Test
  void a_key_that_was_never_sent_or_is_another_merchants_is_not_found() {
    String key = newKey();
    charge(key, GOOD);

    as(LedgerUnderTest.OTHER_KEY).get("/v1/idempotency-keys/" + key).then().statusCode(404);
    asMerchant().get("/v1/idempotency-keys/" + newKey()).then().statusCode(404);
    asMerchant().get("/v1/idempotency-keys").then().statusCode(400);
    asMerchant().get("/v1/idempotency-keys?key=a&key=b").then().statusCode(400);
    asMerchant().get("/v1/idempotency-keys?key=a&x=b").then().statusCode(400);
    asMerchant().get("/v1/idempotency-keys/" + key + "?x=b").then().statusCode(400);
  }

  @Test
  void a_text_that_is_no_key_was_never_sent() {
    for (String text : List.of("%00", "a%00b", "%C3%A9", "a".repeat(256))) {
      asMerchant()
          .urlEncodingEnabled(false)
          .get("/v1/idempotency-keys?key=" + text)
          .then()
          .statusCode(404);
    }
  }

  @Test
  void of_a_thousand_deliveries_at_once_of_two_bodies_one_wins_and_the_counts_add_up() {
    String key = newKey();

    List<CompletableFuture<HttpResponse<String>>> sent =
        IntStream.range(0, 1_000).mapToObj(i -> send(delivery(key, 1_000 + i % 2), 1)).toList();
    List<HttpResponse<String>> answers = sent.stream().map(CompletableFuture::join).toList();

    List<HttpResponse<String>> accepted =
        answers.stream().filter(answer -> answer.statusCode() == 202).toList();
    assertThat(accepted).hasSize(500);
    assertThat(accepted.stream().map(HttpResponse::body).distinct()).hasSize(1);
    assertThat(
            accepted.stream()
                .filter(answer -> answer.headers().firstValue("Idempotent-Replayed").isEmpty()))
        .as("the first answer, unless it was not known in time")
        .hasSizeLessThanOrEqualTo(1);
    assertThat(answers.stream().filter(answer -> answer.statusCode() == 422)).hasSize(500);
    assertThat(database.number("SELECT count(*) FROM charge WHERE idempotency_key = ?", key))
        .isEqualTo(1);
    Response life = asMerchant().get("/v1/idempotency-keys/" + key);
    int replays = life.path("replays");
    int mismatches = life.path("mismatches");
    life.then().body("deliveries", equalTo(1 + replays + mismatches));
    assertThat(replays).isGreaterThanOrEqualTo(499);
    assertThat(mismatches).isGreaterThanOrEqualTo(500);
  }

  /** Again while the answer is not decided. */
  private CompletableFuture<HttpResponse<String>> send(HttpRequest delivery, int tries) {
    return HTTP.sendAsync(delivery, BodyHandlers.ofString())
        .thenCompose(
            answer ->
                isToBeRepeated(answer.statusCode(), tries)
                    ? send(delivery, tries + 1)
                    : CompletableFuture.completedFuture(answer));
  }

  private HttpRequest delivery(String key, long amount) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/charges"))
        .header("Authorization", "Bearer " + LedgerUnderTest.MERCHANT_KEY)
        .header("Idempotency-Key", key)
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                GOOD.replace("1000", Long.toString(amount)), StandardCharsets.UTF_8))
        .build();
  }
}
