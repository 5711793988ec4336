package io.onceledger.api.access;

import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.onceledger.api.testing.LedgerUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LedgerUnderTest.class)
class AccessFilterTest {

  @Test
  void all_strangers_get_the_same_answer() {
    List<Response> answers =
        Stream.of(
                given().get("/v1/charges"),
                given().header("Authorization", "").get("/v1/charges"),
                given().header("Authorization", "Bearer").get("/v1/charges"),
                given().header("Authorization", "Bearer sk_test_unknown").get("/v1/charges"),
                given().header("Authorization", "Basic c2s6").get("/v1/charges"),
                given()
                    .header("Authorization", "Bearer " + LedgerUnderTest.MERCHANT_KEY)
                    .header("Authorization", "Bearer " + LedgerUnderTest.MERCHANT_KEY)
                    .get("/v1/charges"),
                given().get("/v1/charges?key=" + LedgerUnderTest.MERCHANT_KEY),
                given().get("/v1/no-such-route"),
                given().contentType("text/plain").body("x").post("/v1/charges"))
            .toList();

    for (Response answer : answers) {
      answer.then().statusCode(401).header("WWW-Authenticate", "Bearer");
    }
    assertThat(answers.stream().map(answer -> answer.body().asString()).distinct()).hasSize(1);
  }

  @Test
  void each_kind_of_key_opens_its_own_routes_only() {
    asMerchant()
        .get("/v1/ops/invariants")
        .then()
        .statusCode(403)
        .body("type", equalTo("/problems/forbidden"));
    asOperator().get("/v1/charges").then().statusCode(403);
    asOperator().get("/v1/ops/invariants").then().statusCode(200);
  }
}
