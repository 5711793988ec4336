package io.onceledger.api.ops;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class InvariantResourceTest {

  LedgerDatabase database;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @Test
  void damage_shows_by_name_and_is_gone_when_it_is_repaired() {
    String id = charge(newKey(), GOOD).path("id");
    asOperator().get("/v1/ops/invariants").then().body("violations", empty());

    database.execute("UPDATE charge SET event_count = 1 WHERE event_count = 0");
    asOperator()
        .get("/v1/ops/invariants")
        .then()
        .statusCode(200)
        .body("checked_at", notNullValue())
        .body("violations.name.unique()", contains("charge_has_its_events"))
        .body("violations.detail", hasItem(containsString(id)));

    database.execute("UPDATE charge SET event_count = 0 WHERE status = 'pending'");
    asOperator().get("/v1/ops/invariants").then().body("violations", empty());
  }

  @Test
  void the_document_is_open_and_names_every_operation() {
    given()
        .accept("application/json")
        .get("/openapi")
        .then()
        .statusCode(200)
        .body("openapi", equalTo("3.1.0"))
        .body("paths.'/v1/charges'.post.operationId", equalTo("createCharge"))
        .body("components.schemas.ChargeRequest.required", hasItem("amount"));
  }

  @Test
  void health_and_metrics_are_not_on_the_public_port() {
    given().get("/q/health/ready").then().statusCode(404);
    given().get("/q/metrics").then().statusCode(404);
    given()
        .port(managementPort)
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", hasItem("The database keeps what it acknowledges"));
  }

  @Test
  void what_is_asked_for_in_vain_is_no_name_in_the_metrics() {
    given().get("/v1/charges/of-a-stranger").then().statusCode(401);
    asOperator().get("/v1/charges/of-an-operator").then().statusCode(403);
    given()
        .port(managementPort)
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("http_server_requests"))
        .body(not(containsString("of-a-stranger")))
        .body(not(containsString("of-an-operator")));
  }
}
