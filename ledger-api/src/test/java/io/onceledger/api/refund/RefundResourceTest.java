package io.onceledger.api.refund;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.as;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static io.onceledger.api.testing.Requests.untilDecided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.testing.Processor;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class RefundResourceTest {

  LedgerDatabase database;

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void a_refund_is_accepted_with_its_receipt_and_shows_in_its_charge_when_it_succeeded()
      throws SQLException {
    String charge = succeeded();
    String key = newKey();

    Response answer = refund(charge, key, "{\"amount\":400,\"reason\":\"Returned\"}");

    answer
        .then()
        .statusCode(202)
        .header("Idempotent-Replayed", nullValue())
        .body("object", equalTo("refund"))
        .body("charge", equalTo(charge))
        .body("amount", equalTo(400))
        .body("currency", equalTo("USD"))
        .body("reason", equalTo("Returned"))
        .body("status", equalTo("pending"))
        .body("idempotency_key", equalTo(key));
    String id = answer.path("id");
    assertThat(answer.header("Location")).isEqualTo("/v1/refunds/" + id);
    amountRefunded(charge, 0);

    Processor.approveAll(database);

    asMerchant().get(answer.header("Location")).then().body("status", equalTo("succeeded"));
    amountRefunded(charge, 400);
    asMerchant().get("/v1/refunds?charge=" + charge).then().body("data.id", contains(id));
    asMerchant()
        .get("/v1/entries?refund=" + id)
        .then()
        .body("data.kind", contains("refund"))
        .body("data.amount", contains(400))
        .body("data.charge", contains(charge));
    asMerchant().get("/v1/entries?charge=" + charge).then().body("data.size()", equalTo(3));
    asMerchant()
        .get("/v1/idempotency-keys/" + key)
        .then()
        .body("resource", equalTo("/v1/refunds/" + id))
        .body("events.type", contains("refund.succeeded"))
        .body("events.data.status", contains("succeeded"))
        .body("next_retry.verdict", equalTo("replay"));
  }

  @Test
  void a_repeat_is_answered_byte_for_byte_though_the_charge_is_refunded_in_full()
      throws SQLException {
    String charge = succeeded();
    String key = newKey();
    Response first = refund(charge, key, "{}");

    Processor.approveAll(database);
    Response again = refund(charge, key, "{ \"amount\" : null }");

    again.then().statusCode(202).header("Idempotent-Replayed", "true");
    assertThat(again.body().asByteArray()).isEqualTo(first.body().asByteArray());
    refund(charge, newKey(), "{}")
        .then()
        .statusCode(422)
        .body("type", equalTo("/problems/refund-exceeds-charge"))
        .body("detail", containsString("0 USD"));
  }

  @Test
  void who_waits_gets_the_refund_as_it_is() throws Exception {
    String charge = succeeded();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Response> waiting =
          threads.submit(
              () ->
                  asMerchant()
                      .header("Idempotency-Key", newKey())
                      .header("Prefer", "wait=30")
                      .contentType("application/json")
                      .body("{}")
                      .post("/v1/charges/" + charge + "/refunds"));
      while (Processor.approveAll(database) == 0) {
        Thread.onSpinWait();
      }
      waiting
          .get()
          .then()
          .statusCode(200)
          .header("Preference-Applied", "wait=30")
          .body("status", equalTo("succeeded"));
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"amount\":0} | 400",
        "{\"amount\":-1} | 400",
        "{\"amount\":1.5} | 400",
        "{\"amount\":\"1\"} | 400",
        "{\"amount\":true} | 400",
        "{\"amount\":100000000000} | 400",
        "{\"currency\":\"USD\"} | 400",
        "{\"reason\":7} | 400",
        "{\"reason\":\"4242 4242 4242 4242\"} | 400",
        "[] | 400",
        "{\"amount\":1001} | 422"
      })
  void what_is_no_refund_is_refused_and_leaves_the_key_free(String body, int status)
      throws SQLException {
    String charge = succeeded();
    String key = newKey();

    refund(charge, key, body).then().statusCode(status);

    refund(charge, key, "{}").then().statusCode(202).header("Idempotent-Replayed", nullValue());
  }

  @Test
  void what_is_not_there_or_has_not_succeeded_is_not_refunded() throws SQLException {
    String pending = charge(newKey(), GOOD).path("id");

    refund(pending, newKey(), "{}")
        .then()
        .statusCode(422)
        .body("type", equalTo("/problems/invalid-state"));
    for (String id : List.of("ch_nothing", "ch_00000000000000000000000000", "re_1")) {
      refund(id, newKey(), "{}").then().statusCode(404);
    }
    String charge = succeeded();
    as(LedgerUnderTest.OTHER_KEY)
        .header("Idempotency-Key", newKey())
        .contentType("application/json")
        .body("{}")
        .post("/v1/charges/" + charge + "/refunds")
        .then()
        .statusCode(404);
    as(LedgerUnderTest.OTHER_KEY).get("/v1/refunds?charge=" + charge).then().body("data", empty());
  }

  @Test
  void a_key_names_a_charge_or_a_refund_and_never_both() throws SQLException {
    String charged = newKey();
    String charge = charge(charged, GOOD).path("id");
    Processor.approveAll(database);
    refund(charge, charged, "{}")
        .then()
        .statusCode(422)
        .body("type", equalTo("/problems/idempotency-key-reused"))
        .body("resource", equalTo("/v1/charges/" + charge));

    String refunded = newKey();
    String refund = refund(charge, refunded, "{\"amount\":1}").path("id");
    charge(refunded, GOOD)
        .then()
        .statusCode(422)
        .body("resource", equalTo("/v1/refunds/" + refund));
  }

  @Test
  void of_64_full_refunds_at_once_one_is_accepted() throws Exception {
    String charge = succeeded();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Integer>> calls =
          IntStream.range(0, 64)
              .mapToObj(i -> newKey())
              .<Callable<Integer>>map(
                  key -> () -> untilDecided(() -> refund(charge, key, "{}")).statusCode())
              .toList();
      List<Integer> statuses =
          threads.invokeAll(calls).stream().map(RefundResourceTest::status).toList();

      assertThat(statuses.stream().filter(status -> status == 202)).hasSize(1);
      assertThat(statuses.stream().filter(status -> status == 422)).hasSize(63);
    } finally {
      threads.shutdownNow();
    }
    Processor.approveAll(database);
    amountRefunded(charge, 1_000);
  }

  private static int status(Future<Integer> call) {
    try {
      return call.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void amountRefunded(String charge, int amount) {
    asMerchant().get("/v1/charges/" + charge).then().body("amount_refunded", equalTo(amount));
  }

  private String succeeded() throws SQLException {
    String id = charge(newKey(), GOOD).path("id");
    Processor.approveAll(database);
    return id;
  }

  private static Response refund(String charge, String key, String body) {
    return asMerchant()
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post("/v1/charges/" + charge + "/refunds");
  }
}
