package io.onceledger.api.charge;

import static io.onceledger.api.testing.Requests.GOOD;
import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused writes nothing, and leaves the key free. */
@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class BadInputTest {

  LedgerDatabase database;

  static Stream<Arguments> fields() {
    return Stream.of(
            "null",
            "\"\"",
            "\"100\"",
            "true",
            "[1]",
            "{}",
            "10.5",
            "10.0",
            "1e3",
            "1e400",
            "1e999999999",
            "0",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "100000000000",
            "\"\u0661\u0660\"")
        .map(value -> Arguments.of("/amount", GOOD.replace("1000", value)))
        .collect(
            java.util.stream.Collectors.collectingAndThen(
                java.util.stream.Collectors.toList(),
                amounts ->
                    Stream.of(
                            amounts.stream(),
                            Stream.of(
                                    "usd",
                                    "US",
                                    "",
                                    "USD ",
                                    "USD\\n",
                                    "\uff35\uff33\uff24",
                                    "U\u0405D",
                                    "XXX",
                                    "XTS",
                                    "XAU",
                                    "HRK",
                                    "DEM")
                                .map(c -> Arguments.of("/currency", GOOD.replace("USD", c))),
                            Stream.of("840", "null", "[]")
                                .map(c -> Arguments.of("/currency", GOOD.replace("\"USD\"", c))),
                            Stream.of("", "a b", "pm-card", "\u00e9", "a".repeat(65))
                                .map(
                                    m ->
                                        Arguments.of(
                                            "/payment_method", GOOD.replace("pm_card_visa", m))),
                            Stream.of(
                                with("/description", "\"description\":\"" + "a".repeat(501) + "\""),
                                with("/description", "\"description\":\"a\\u0000\""),
                                with("/description", "\"description\":\"\\ud800\""),
                                with("/description", "\"description\":1"),
                                with("/metadata", "\"metadata\":[]"),
                                with("/metadata/k", "\"metadata\":{\"k\":1}"),
                                with("/metadata/k", "\"metadata\":{\"k\":\"\\u0000\"}"),
                                with(
                                    "/metadata/k",
                                    "\"metadata\":{\"k\":\"" + "a".repeat(501) + "\"}"),
                                with("/metadata", "\"metadata\":{\"" + "a".repeat(41) + "\":\"\"}"),
                                with("/metadata", "\"metadata\":{\"\\ud800\":\"\"}"),
                                with("/status", "\"status\":\"succeeded\""),
                                with("/Amount", "\"Amount\":1"),
                                with("/merchant_id", "\"merchant_id\":\"x\"")))
                        .flatMap(s -> s)));
  }

  private static Arguments with(String pointer, String member) {
    return Arguments.of(pointer, GOOD.replace("}", "," + member + "}"));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("fields")
  void a_field_that_is_not_valid_is_named(String pointer, String body) {
    refused(body, 400, "validation-error").then().body("errors.pointer", contains(pointer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"x\"",
        "1",
        "{",
        "{\"amount\":1000",
        "{} {}",
        "{}]",
        "{'amount':1}",
        "{\"amount\":01}",
        "{\"amount\":+1}",
        "{\"amount\":.5}",
        "{\"amount\":NaN}",
        "{\"amount\":0x10}",
        "{\"amount\":1,}",
        "{\"amount\":1}//",
        "{\"amount\":1,\"amount\":1}",
        "{\"amount\":1,\"\\u0061mount\":2}",
        "\ufeff{}"
      })
  void what_is_not_one_json_object_is_malformed(String body) {
    refused(body, 400, "malformed-json");
  }

  @Test
  void depth_and_length_of_numbers_are_bounded() {
    refused("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}", 400, "malformed-json");
    refused(GOOD.replace("1000", "1".repeat(1_001)), 400, "malformed-json");
  }

  @Test
  void size_is_bounded_with_and_without_content_length() {
    refused(GOOD.replace("}", " ".repeat(64 * 1024) + "}"), 413, "payload-too-large");
  }

  @Test
  void only_utf_8_is_read() {
    byte[] latin1 = GOOD.replace("pm_card_visa", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    byte[] utf16 = GOOD.getBytes(StandardCharsets.UTF_16BE);
    for (byte[] body : new byte[][] {latin1, utf16}) {
      asMerchant()
          .header("Idempotency-Key", newKey())
          .contentType("application/json")
          .body(body)
          .post("/v1/charges")
          .then()
          .statusCode(400)
          .body("type", equalTo("/problems/malformed-json"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/merge-patch+json",
        "application/json; charset=utf-16",
        "application/json;charset"
      })
  void only_json_is_read(String contentType) {
    asMerchant()
        .header("Idempotency-Key", newKey())
        .header("Content-Type", contentType)
        .body(GOOD.getBytes(StandardCharsets.UTF_8))
        .post("/v1/charges")
        .then()
        .statusCode(415)
        .body("type", equalTo("/problems/unsupported-media-type"));
  }

  @Test
  void checks_run_in_their_order_key_before_media_type_before_json_before_fields() {
    asMerchant()
        .contentType("text/plain")
        .body("x")
        .post("/v1/charges")
        .then()
        .body("type", equalTo("/problems/idempotency-key-missing"));
    asMerchant()
        .header("Idempotency-Key", newKey())
        .contentType("text/plain")
        .body("x")
        .post("/v1/charges")
        .then()
        .body("type", equalTo("/problems/unsupported-media-type"));
  }

  @Test
  void harmless_texts_are_stored_as_sent() {
    String text = "😀 \\u202e <script> =cmd|' ${jndi:x} \\u001b[31m \\r\\n";
    Response answer = charge(newKey(), GOOD.replace("}", ",\"description\":\"" + text + "\"}"));

    answer.then().statusCode(202);
    assertThat(answer.<String>path("description"))
        .isEqualTo("😀 \u202e <script> =cmd|' ${jndi:x} \u001b[31m \r\n");
  }

  static Stream<Arguments> cards() {
    return Stream.of(
        with("/description", "\"description\":\"4111 1111 1111 1111\""),
        with("/metadata/note", "\"metadata\":{\"note\":\"my card: 5555-5555-5555-4444.\"}"),
        with("/metadata", "\"metadata\":{\"378282246310005\":\"x\"}"),
        with("/number", "\"number\":\"4111111111111111\""),
        with("/card", "\"card\":{\"number\":\"4111111111111111\",\"cvc\":\"123\"}"),
        with("/card", "\"card\":{}"),
        with("/a/0/b", "\"a\":[{\"b\":\"\\u0034111111111111111\"}]"),
        Arguments.of("/payment_method", GOOD.replace("pm_card_visa", "4111111111111111")));
  }

  @ParameterizedTest
  @MethodSource("cards")
  void card_data_is_refused_and_not_repeated(String pointer, String body) {
    Response answer = refused(body, 400, "sensitive-data");

    answer.then().body("errors.pointer", contains(pointer));
    assertThat(answer.asString()).doesNotContain("1111").doesNotContain("4444");
  }

  @Test
  void a_card_number_is_no_idempotency_key() {
    charge("4111111111111111", GOOD)
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/sensitive-data"))
        .body("errors.pointer", contains("/Idempotency-Key"));
  }

  @Test
  void an_order_number_that_merely_passes_the_check_is_accepted() {
    charge(newKey(), GOOD.replace("}", ",\"description\":\"1234567812345670\"}"))
        .then()
        .statusCode(202);
    charge(newKey(), GOOD.replace("}", ",\"metadata\":{\"imei\":\"490154203237518\"}}"))
        .then()
        .statusCode(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=abc",
        "limit=1&limit=1",
        "cursor=x",
        "created_from=2026-11-21",
        "created_from=2026-11-21T00:00:00",
        "created_from=%2B999999999-12-31T23:59:59Z",
        "created_to=-999999999-01-01T00:00:00Z",
        "idempotency_key=%00",
        "idempotency_key=",
        "status=paid",
        "foo=1",
        "created_from=2026-11-21T00:00:00Z&created_to=2026-11-20T00:00:00Z"
      })
  void a_list_refuses_what_it_does_not_know(String query) {
    asMerchant()
        .urlEncodingEnabled(false)
        .get("/v1/charges?" + query)
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/validation-error"))
        .body(
            "errors[0].pointer",
            matchesPattern("/(%s)".formatted(query.replaceAll("=[^&]*&?", "|") + "created_to")));
  }

  @Test
  void a_cursor_belongs_to_its_list_and_its_merchant() {
    charge(newKey(), GOOD);
    charge(newKey(), GOOD);
    String cursor = asMerchant().get("/v1/charges?limit=1").path("next_cursor");

    asMerchant().get("/v1/charges?limit=1&cursor=" + cursor).then().statusCode(200);
    asMerchant().get("/v1/charges?status=pending&cursor=" + cursor).then().statusCode(400);
    asMerchant().get("/v1/entries?cursor=" + cursor).then().statusCode(400);
    io.onceledger.api.testing.Requests.as(LedgerUnderTest.OTHER_KEY)
        .get("/v1/charges?limit=1&cursor=" + cursor)
        .then()
        .statusCode(400);
  }

  private Response refused(String body, int status, String code) {
    long before = database.number("SELECT count(*) FROM charge");
    String key = newKey();

    Response answer = charge(key, body);

    answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/" + code));
    assertThat(database.number("SELECT count(*) FROM charge")).isEqualTo(before);
    assertThat(database.number("SELECT count(*) FROM idempotency_key WHERE key = ?", key)).isZero();
    return answer;
  }
}
