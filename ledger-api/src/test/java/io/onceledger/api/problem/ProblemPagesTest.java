package io.onceledger.api.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.onceledger.api.testing.LedgerUnderTest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class ProblemPagesTest {

  @ParameterizedTest
  @EnumSource
  void every_problem_has_a_page_with_cause_example_and_what_to_do(ProblemCode code) {
    String page =
        given()
            .accept(code.status() % 2 == 0 ? "text/html" : "application/json")
            .get(code.type())
            .then()
            .statusCode(200)
            .contentType(containsString("text/html"))
            .extract()
            .asString();

    assertThat(page)
        .contains("<h2>Cause</h2>")
        .contains("<h2>What to do</h2>")
        .contains("\"type\" : \"" + code.type() + "\"")
        .contains("\"status\" : " + code.status());
  }

  @Test
  void the_index_links_all_of_them_and_needs_no_key() {
    String index = given().get("/problems").then().statusCode(200).extract().asString();

    for (ProblemCode code : ProblemCode.values()) {
      assertThat(index).contains("href=\"" + code.type() + "\"");
    }
  }

  @Test
  void an_unknown_problem_is_not_found_and_not_repeated() {
    given()
        .urlEncodingEnabled(false)
        .get("/problems/%3Cscript%3E")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/not-found"))
        .body(org.hamcrest.Matchers.not(containsString("script")));
  }
}
