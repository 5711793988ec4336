package io.onceledger.api.access;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.as;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
@TestProfile(RateLimitTest.OnePerSecond.class)
class RateLimitTest {

  /** With it, two requests in a row are too many unless a second lies between them. */
  public static class OnePerSecond implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("ledger.rate-limit", "1");
    }
  }

  LedgerDatabase database;

  @Test
  void beyond_the_limit_nothing_is_done_the_key_is_free_and_others_are_unaffected() {
    List<String> limited = new ArrayList<>();
    int accepted = 0;
    while (limited.size() < 3) {
      String key = newKey();
      Response answer = charge(key, GOOD);
      if (answer.statusCode() == 202) {
        accepted++;
        continue;
      }
      answer
          .then()
          .statusCode(429)
          .contentType("application/problem+json")
          .header("Retry-After", equalTo("1"))
          .body("type", equalTo("/problems/rate-limited"));
      limited.add(key);
    }

    as(LedgerUnderTest.OTHER_KEY).get("/v1/charges").then().statusCode(200);
    asOperator().get("/v1/ops/invariants").then().statusCode(200);
    assertThat(database.number("SELECT count(*) FROM idempotency_key")).isEqualTo(accepted);
  }
}
