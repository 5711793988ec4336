package io.onceledger.api.review;

import static io.onceledger.api.testing.Parking.parkedCharge;
import static io.onceledger.api.testing.Parking.uuid;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestWorker;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class ReviewResourceTest {

  private static final String SUCCEEDED =
      "{\"status\":\"succeeded\",\"processor_payment\":\"pay_9\",\"note\":\"seen there\"}";
  private static final String DECLINED = "{\"status\":\"declined\",\"note\":\"they say no\"}";

  LedgerDatabase database;
  private String charge;
  private String review;

  @BeforeEach
  void a_charge_in_review() throws SQLException {
    charge = parkedCharge(database, "cannot be asked");
    review = reviews("").path("data[0].id");
  }

  @AfterEach
  void the_books_are_right() {
    asOperator().get("/v1/ops/invariants").then().body("violations", empty());
  }

  @Test
  void what_waits_for_a_person_is_listed_with_its_charge() {
    reviews("?limit=1")
        .then()
        .statusCode(200)
        .body("data", hasSize(1))
        .body("data[0].id", startsWith("rev_"))
        .body("data[0].object", equalTo("review"))
        .body("data[0].merchant", startsWith("mer_"))
        .body("data[0].charge", equalTo(charge))
        .body("data[0].refund", nullValue())
        .body("data[0].reason", equalTo("cannot be asked"))
        .body("data[0].opened_at", notNullValue())
        .body("data[0].age_seconds", greaterThanOrEqualTo(0))
        .body("data[0].resource_status", equalTo("needs_review"))
        .body("data[0].amount", equalTo(1000))
        .body("data[0].currency", equalTo("USD"))
        .body("data[0].resolved_at", nullValue())
        .body("data[0].note", nullValue());
  }

  @Test
  void a_success_is_booked_and_stands() {
    resolve(SUCCEEDED)
        .then()
        .statusCode(200)
        .body("id", equalTo(review))
        .body("resource_status", equalTo("succeeded"))
        .body("decision", equalTo("succeeded"))
        .body("processor_payment", equalTo("pay_9"))
        .body("note", equalTo("seen there"))
        .body("resolved_at", notNullValue())
        .body("resolved_by", startsWith("key_"));
    asMerchant()
        .get("/v1/charges/" + charge)
        .then()
        .body("status", equalTo("succeeded"))
        .body("processor_payment", equalTo("pay_9"));
    asMerchant()
        .get("/v1/entries?charge=" + charge)
        .then()
        .body("data.kind", contains("fee", "charge"));
    reviews("").then().body("data.id", not(hasItem(review)));
    reviews("?status=resolved").then().body("data[0].id", equalTo(review));
  }

  @Test
  void the_same_decision_again_is_answered_alike_and_another_one_is_refused() {
    String first = resolve(SUCCEEDED).asString();

    assertThat(resolve(SUCCEEDED).then().statusCode(200).extract().asString()).isEqualTo(first);
    resolve(DECLINED)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/invalid-state"))
        .body("detail", containsString("succeeded"));
  }

  @Test
  void what_a_worker_has_found_out_is_not_decided_again() throws SQLException {
    redrive();
    TestWorker worker = new TestWorker(database);
    worker.approve(worker.claim(uuid(charge)));

    resolve(DECLINED).then().statusCode(422).body("detail", containsString("succeeded"));
    reviews("?status=resolved")
        .then()
        .body("data[0].note", equalTo("found out by look-up"))
        .body("data[0].decision", nullValue())
        .body("data[0].resolved_by", nullValue());
  }

  @Test
  void of_two_operators_at_once_one_wins() throws Exception {
    List<Integer> statuses =
        atOnce(() -> resolve(SUCCEEDED).statusCode(), () -> resolve(DECLINED).statusCode());

    assertThat(statuses).containsExactlyInAnyOrder(200, 422);
    assertThat(finalEvents()).isEqualTo(1);
  }

  @Test
  void of_operator_and_worker_at_once_one_wins() throws Exception {
    redrive();
    TestWorker worker = new TestWorker(database);
    Claim held = worker.claim(uuid(charge));

    List<Integer> won =
        atOnce(
            () -> resolve(DECLINED).statusCode(),
            () -> worker.approve(held) == Recorded.WRITTEN ? 422 : 200);

    assertThat(won.get(0)).as("the operator won unless the worker did").isEqualTo(won.get(1));
    assertThat(finalEvents()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                                    | /status",
        "{\"note\":\"n\",\"status\":\"pending\"}                               | /status",
        "{\"note\":\"n\",\"status\":\"needs_review\"}                          | /status",
        "{\"note\":\"n\",\"status\":\"succeeded\"}                             |"
            + " /processor_payment",
        "{\"note\":\"n\",\"status\":\"succeeded\",\"processor_payment\":\"\"}  |"
            + " /processor_payment",
        "{\"note\":\"n\",\"status\":\"declined\",\"processor_payment\":\"a b\"} |"
            + " /processor_payment",
        "{\"note\":\"n\",\"status\":\"canceled\",\"processor_payment\":\"p\"}  |"
            + " /processor_payment",
        "{\"status\":\"declined\"}                                             | /note",
        "{\"status\":\"declined\",\"note\":\" \"}                              | /note",
        "{\"status\":\"declined\",\"note\":1}                                  | /note",
        "{\"status\":\"declined\",\"note\":\"n\",\"amount\":1}                 | /amount",
      })
  void what_is_no_decision_is_refused_and_changes_nothing(String body, String pointer) {
    resolve(body.strip())
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/validation-error"))
        .body("errors.pointer", hasItem(pointer));
    asMerchant().get("/v1/charges/" + charge).then().body("status", equalTo("needs_review"));
  }

  @Test
  void a_note_is_of_a_thousand_characters_and_holds_no_card_number() {
    resolve("{\"status\":\"declined\",\"note\":\"" + "x".repeat(1_001) + "\"}")
        .then()
        .statusCode(400)
        .body("errors.pointer", contains("/note"));
    resolve("{\"status\":\"declined\",\"note\":\"card 4242 4242 4242 4242\"}")
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/sensitive-data"));
    resolve("{\"status\":\"declined\",\"note\":\"" + "x".repeat(1_000) + "\"}")
        .then()
        .statusCode(200);
  }

  @Test
  void a_charge_that_someone_holds_on_to_is_put_off_and_not_decided() throws SQLException {
    try (Connection connection = database.superuser().getConnection();
        var lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute("SELECT FROM charge WHERE id = '" + uuid(charge) + "' FOR UPDATE");

      resolve(DECLINED).then().statusCode(503).header("Retry-After", equalTo("1"));
    }
    resolve(DECLINED).then().statusCode(200);
  }

  @Test
  void only_operators_decide_and_only_what_there_is() {
    asMerchant().get("/v1/ops/reviews").then().statusCode(403);
    asMerchant()
        .contentType("application/json")
        .body(DECLINED)
        .post("/v1/ops/reviews/" + review + "/resolve")
        .then()
        .statusCode(403);
    for (String unknown : List.of("rev_1", PublicId.REVIEW.text(PublicId.next()), charge)) {
      review = unknown;
      resolve(DECLINED).then().statusCode(404);
    }
    reviews("?status=closed").then().statusCode(400).body("errors.pointer", contains("/status"));
    reviews("?merchant=x").then().statusCode(400);
  }

  @Test
  void pages_joined_are_all_of_them() throws SQLException {
    parkedCharge(database, "one more");
    parkedCharge(database, "and another");
    List<String> joined = new ArrayList<>();
    String next = null;
    do {
      Response page = reviews("?limit=2" + (next == null ? "" : "&cursor=" + next));
      joined.addAll(page.path("data.id"));
      next = page.path("next_cursor");
    } while (next != null);

    assertThat(joined)
        .containsExactlyElementsOf(
            database.column(
                "SELECT public_id('rev_', id) FROM review WHERE resolved_at IS NULL"
                    + " ORDER BY opened_at DESC, id DESC"));
  }

  private static Response reviews(String query) {
    return asOperator().get("/v1/ops/reviews" + query);
  }

  private Response resolve(String body) {
    return asOperator()
        .contentType("application/json")
        .body(body)
        .post("/v1/ops/reviews/" + review + "/resolve");
  }

  private void redrive() {
    asOperator().post("/v1/ops/outbox/" + charge + "/redrive").then().statusCode(200);
  }

  private long finalEvents() {
    return database.number(
        "SELECT count(*) FROM event WHERE charge_id = ? AND status IN ('succeeded', 'declined')",
        uuid(charge));
  }

  private static List<Integer> atOnce(Callable<Integer> one, Callable<Integer> other)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> each : threads.invokeAll(List.of(one, other))) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
