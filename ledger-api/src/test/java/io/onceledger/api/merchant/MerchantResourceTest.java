package io.onceledger.api.merchant;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.as;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class MerchantResourceTest {

  /** Callers are remembered for some seconds. */
  private static final Duration NOTICED = Duration.ofSeconds(20);

  LedgerDatabase database;

  @Test
  void a_new_merchant_can_charge_with_the_key_that_is_shown_once() {
    Response made =
        create("{\"name\":\"Shop\",\"fee_basis_points\":100,\"fee_fixed\":{\"USD\":7}}");

    made.then()
        .statusCode(201)
        .body("id", startsWith("mer_"))
        .body("object", equalTo("merchant"))
        .body("name", equalTo("Shop"))
        .body("fee_basis_points", equalTo(100))
        .body("fee_fixed.USD", equalTo(7))
        .body("key", startsWith("sk_live_"))
        .body("key_id", startsWith("key_"));
    String key = made.path("key");
    as(key)
        .header("Idempotency-Key", newKey())
        .contentType("application/json")
        .body(GOOD)
        .post("/v1/charges")
        .then()
        .statusCode(202);
    as(key).get("/v1/charges").then().statusCode(200).body("data", hasSize(1));
    asOperator()
        .get("/v1/merchants/" + made.path("id") + "/keys")
        .then()
        .statusCode(200)
        .body("data", hasSize(1))
        .body("data[0].id", equalTo(made.path("key_id")))
        .body("data[0].hint", equalTo(key.substring(key.length() - 4)))
        .body("data[0].key", nullValue());
    assertThat(database.column("SELECT row_to_json(k)::text FROM api_key AS k"))
        .noneMatch(row -> row.contains(key) || row.contains(key.substring(8, 60)));
  }

  @Test
  void two_keys_are_valid_at_once_until_one_is_revoked() {
    Response made = create("{\"name\":\"Shop\"}");
    String keys = "/v1/merchants/" + made.path("id") + "/keys";
    Response second = asOperator().post(keys);
    second.then().statusCode(201).body("key", startsWith("sk_live_"));
    as(made.path("key")).get("/v1/charges").then().statusCode(200);
    as(second.path("key")).get("/v1/charges").then().statusCode(200);

    asOperator()
        .delete(keys + "/" + made.path("key_id"))
        .then()
        .statusCode(200)
        .body("revoked_at", notNullValue());

    await().atMost(NOTICED).until(() -> isRefused(made.path("key")));
    as(second.path("key")).get("/v1/charges").then().statusCode(200);
    asOperator()
        .get(keys)
        .then()
        .body("data.id", containsInAnyOrder((String) made.path("key_id"), second.path("id")));
  }

  @Test
  void a_rotated_key_is_valid_for_its_overlap_and_no_longer() {
    Response made = create("{\"name\":\"Shop\"}");
    String keys = "/v1/merchants/" + made.path("id") + "/keys/";

    Response day = asOperator().post(keys + made.path("key_id") + "/rotate");
    day.then().statusCode(201).body("key", startsWith("sk_live_"));
    as(made.path("key")).get("/v1/charges").then().statusCode(200);
    as(day.path("key")).get("/v1/charges").then().statusCode(200);

    Response now =
        asOperator()
            .contentType("application/json")
            .body("{\"overlap_seconds\":0}")
            .post(keys + day.path("id") + "/rotate");
    now.then().statusCode(201);
    await().atMost(NOTICED).until(() -> isRefused(day.path("key")));
    as(now.path("key")).get("/v1/charges").then().statusCode(200);
  }

  @Test
  void a_revoked_key_stays_revoked_and_is_not_replaced() {
    Response made = create("{\"name\":\"Shop\"}");
    String key = "/v1/merchants/" + made.path("id") + "/keys/" + made.path("key_id");
    String revoked = asOperator().delete(key).path("revoked_at");

    asOperator().post(key + "/rotate").then().statusCode(404);

    asOperator().delete(key).then().statusCode(200).body("revoked_at", equalTo(revoked));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                            | /name",
        "{\"name\":\"\"}                               | /name",
        "{\"name\":\" \"}                              | /name",
        "{\"name\":1}                                  | /name",
        "{\"name\":\"a\\u0000\"}                       | /name",
        "{\"name\":\"a\",\"fee_basis_points\":-1}      | /fee_basis_points",
        "{\"name\":\"a\",\"fee_basis_points\":10001}   | /fee_basis_points",
        "{\"name\":\"a\",\"fee_basis_points\":2.5}     | /fee_basis_points",
        "{\"name\":\"a\",\"fee_fixed\":[]}             | /fee_fixed",
        "{\"name\":\"a\",\"fee_fixed\":{\"usd\":1}}    | /fee_fixed",
        "{\"name\":\"a\",\"fee_fixed\":{\"USD\":-1}}   | /fee_fixed/USD",
        "{\"name\":\"a\",\"fee_fixed\":{\"USD\":\"1\"}}| /fee_fixed/USD",
        "{\"name\":\"a\",\"id\":\"mer_1\"}             | /id"
      })
  void what_is_no_merchant_is_refused_with_its_pointer(String body, String pointer) {
    long before = database.number("SELECT count(*) FROM merchant");

    create(body).then().statusCode(400).body("errors.pointer", contains(pointer));

    assertThat(database.number("SELECT count(*) FROM merchant")).isEqualTo(before);
  }

  @Test
  void merchants_cannot_make_merchants_or_keys() {
    Response made = create("{\"name\":\"Shop\"}");
    String keys = "/v1/merchants/" + made.path("id") + "/keys";

    asMerchant()
        .contentType("application/json")
        .body("{}")
        .post("/v1/merchants")
        .then()
        .statusCode(403);
    as(made.path("key")).get(keys).then().statusCode(403);
    as(made.path("key")).post(keys).then().statusCode(403);
    as(made.path("key")).delete(keys + "/" + made.path("key_id")).then().statusCode(403);
  }

  @Test
  void unknown_ids_are_not_found() {
    Response made = create("{\"name\":\"Shop\"}");
    Response other = create("{\"name\":\"Other\"}");
    String none = "mer_01h455vb4pex5vsknk084sn02q";

    asOperator().post("/v1/merchants/" + none + "/keys").then().statusCode(404);
    asOperator().post("/v1/merchants/x/keys").then().statusCode(404);
    asOperator().get("/v1/merchants/" + none + "/keys").then().statusCode(404);
    asOperator().get("/v1/merchants/" + none + "/keys?limit=1").then().statusCode(400);
    asOperator()
        .delete("/v1/merchants/" + other.path("id") + "/keys/" + made.path("key_id"))
        .then()
        .statusCode(404);
    assertThat(isRefused(made.path("key"))).isFalse();
  }

  private static boolean isRefused(String key) {
    return as(key).get("/v1/charges").statusCode() == 401;
  }

  private static Response create(String body) {
    return asOperator().contentType("application/json").body(body).post("/v1/merchants");
  }
}
