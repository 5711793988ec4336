package io.onceledger.api.outbox;

import static io.onceledger.api.testing.Parking.parkedCharge;
import static io.onceledger.api.testing.Parking.uuid;
import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestWorker;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class OutboxResourceTest {

  LedgerDatabase database;

  @AfterEach
  void the_books_are_right() {
    asOperator().get("/v1/ops/invariants").then().body("violations", empty());
  }

  @Test
  void what_waits_is_counted_by_step_and_dead_is_what_is_parked() throws SQLException {
    JsonPath before = outbox();
    parkedCharge(database, "cannot be asked");
    String flying = charge(newKey(), GOOD).path("id");
    new TestWorker(database).claim(uuid(flying));
    charge(newKey(), GOOD);

    JsonPath after = outbox();

    assertThat(grown(before, after, "depth")).isEqualTo(3);
    assertThat(grown(before, after, "dead")).isEqualTo(1);
    assertThat(grown(before, after, "in_flight")).isEqualTo(1);
    assertThat(grown(before, after, "destinations.processor.by_step.send")).isEqualTo(2);
    assertThat(grown(before, after, "destinations.processor.by_step.parked")).isEqualTo(1);
    assertThat(grown(before, after, "destinations.processor.by_step.look_up")).isZero();
    assertThat(after.getLong("destinations.processor.depth")).isEqualTo(after.getLong("depth"));
  }

  @Test
  void the_oldest_message_is_one_that_is_not_dead() throws SQLException {
    String parked = parkedCharge(database, "cannot be asked");
    String waiting = charge(newKey(), GOOD).path("id");
    age(parked, "20 hours");
    age(waiting, "10 hours");

    assertThat(outbox().getLong("oldest_age_seconds")).isBetween(36_000L, 36_100L);

    age(waiting, "0 hours");
  }

  @Test
  void a_dead_message_is_looked_up_again_and_its_charge_stays_until_then() throws SQLException {
    String parked = parkedCharge(database, "cannot be asked");

    redrive(parked, "{\"note\":\"the processor is back\"}")
        .then()
        .statusCode(200)
        .body("object", equalTo("redrive"))
        .body("merchant", startsWith("mer_"))
        .body("charge", equalTo(parked))
        .body("resource_status", equalTo("needs_review"))
        .body("step", equalTo("look_up"))
        .body("redriven_at", notNullValue());
    assertThat(
            database.column(
                "SELECT r.note FROM redrive AS r JOIN api_key AS k ON k.id = r.redriven_by"
                    + " WHERE k.role = 'operator' AND r.resource_id = ?",
                uuid(parked)))
        .containsExactly("the processor is back");
    status(parked, "needs_review");

    redrive(parked, "")
        .then()
        .statusCode(422)
        .body("type", equalTo("/problems/invalid-state"))
        .body("detail", containsString("needs_review"))
        .body("detail", containsString("look_up"));

    TestWorker worker = new TestWorker(database);
    worker.approve(worker.claim(uuid(parked)));
    status(parked, "succeeded");
    redrive(parked, "").then().statusCode(422).body("detail", containsString("succeeded"));
  }

  @Test
  void only_what_there_is_is_redriven_and_only_by_operators() {
    redrive(PublicId.CHARGE.text(PublicId.next()), "").then().statusCode(404);
    redrive("ch_1", "").then().statusCode(404);
    String pending = charge(newKey(), GOOD).path("id");
    redrive(pending, "").then().statusCode(422).body("detail", containsString("pending"));
    redrive(pending, "{\"note\":\"4242424242424242\"}")
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/sensitive-data"));
    redrive(pending, "{\"step\":\"send\"}").then().statusCode(400);
    asMerchant().get("/v1/ops/outbox").then().statusCode(403);
    asMerchant().post("/v1/ops/outbox/" + pending + "/redrive").then().statusCode(403);
  }

  private static JsonPath outbox() {
    return asOperator().get("/v1/ops/outbox").then().statusCode(200).extract().jsonPath();
  }

  private static long grown(JsonPath before, JsonPath after, String path) {
    return after.getLong(path) - before.getLong(path);
  }

  private static Response redrive(String charge, String body) {
    return asOperator()
        .contentType("application/json")
        .body(body)
        .post("/v1/ops/outbox/" + charge + "/redrive");
  }

  private void age(String charge, String age) {
    database.execute(
        "UPDATE outbox_message SET created_at = now() - interval '%s' WHERE resource_id = '%s'"
            .formatted(age, uuid(charge)));
  }

  private static void status(String charge, String status) {
    asMerchant().get("/v1/charges/" + charge).then().body("status", equalTo(status));
  }
}
