package io.onceledger.api.access;

import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.onceledger.api.testing.LedgerUnderTest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/%6fps/invariants",
        "/v1//ops/invariants",
        "//v1/ops/invariants",
        "/v1/./ops/invariants",
        "/v1/x/../ops/invariants",
        "/v1/ops;a=b/invariants",
        "/v1;a/ops/invariants",
        "/%761/ops/invariants",
        "/v1%2fops/invariants",
        "/V1/ops/invariants",
        "/v1/ops/invariants/",
        "/v1/%6derchants",
        "/v1/merchants;a=b"
      })
  void however_an_operators_path_is_written_a_merchant_does_not_get_in(String path) {
    for (String key : List.of(LedgerUnderTest.MERCHANT_KEY, "nobody's")) {
      Response answer =
          given()
              .urlEncodingEnabled(false)
              .header("Authorization", "Bearer " + key)
              .get(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path));

      assertThat(answer.statusCode()).isIn(400, 401, 403, 404, 405);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/%761/charges", "/v1/%63harges", "//v1/charges", "/v1;a/charges", "/V1/charges"})
  void however_a_merchants_path_is_written_a_stranger_does_not_get_in(String path) {
    Response answer =
        given()
            .urlEncodingEnabled(false)
            .get(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path));

    assertThat(answer.statusCode()).isIn(400, 401, 404);
  }
}
