package io.onceledger.api.notification;

import static io.onceledger.api.testing.Requests.asMerchant;
import static io.onceledger.api.testing.Requests.asOperator;
import static io.onceledger.api.testing.Requests.charge;
import static io.onceledger.api.testing.Requests.newKey;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.onceledger.api.testing.LedgerUnderTest;
import io.onceledger.api.testing.ProcessorSigner;
import io.onceledger.api.testing.Requests;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.testing.LedgerDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(LedgerUnderTest.class)
class NotificationResourceTest {

  private static final String PATH = "/v1/processor-notifications";

  LedgerDatabase database;

  private String charge;
  private String key;

  @BeforeEach
  void a_charge() {
    key = newKey();
    charge = charge(key, Requests.GOOD).path("id");
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void an_approval_without_any_api_key_makes_the_charge_succeed() {
    deliver(newId(), body("payment.approved", charge, "pay_1"))
        .then()
        .statusCode(200)
        .body("received", equalTo(true));

    asMerchant()
        .get("/v1/charges/" + charge)
        .then()
        .body("status", equalTo("succeeded"))
        .body("processor_payment", equalTo("pay_1"));
    asMerchant()
        .queryParam("charge", charge)
        .get("/v1/entries")
        .then()
        .body("data.kind", hasItem("charge"));
  }

  @Test
  void a_second_delivery_is_acknowledged_alike_and_does_nothing() {
    String id = newId();
    byte[] body = body("payment.approved", charge, "pay_1");
    byte[] first = deliver(id, body).then().statusCode(200).extract().asByteArray();
    long seen = inbox();

    assertThat(deliver(id, body).then().statusCode(200).extract().asByteArray()).isEqualTo(first);
    // As after an unknown answer: signed anew, later, and with other bytes under the same id.
    deliver(id, body("payment.declined", charge, "pay_1")).then().statusCode(200);

    assertThat(inbox()).isEqualTo(seen);
    assertThat(status()).isEqualTo("succeeded");
  }

  @Test
  void a_dispute_is_seen_in_events_and_entries() {
    deliver(newId(), body("payment.approved", charge, "pay_1"));
    deliver(newId(), body("dispute.opened", charge, "pay_1")).then().statusCode(200);
    deliver(newId(), body("dispute.won", charge, "pay_1")).then().statusCode(200);

    asMerchant()
        .get("/v1/idempotency-keys/" + key)
        .then()
        .statusCode(200)
        .body("events.type", contains("charge.succeeded", "dispute.opened", "dispute.won"))
        .body("events.sequence", contains(1, 2, 3))
        .body("events[1].data.object", equalTo("charge"))
        .body("events[1].data.status", equalTo("succeeded"))
        .body("events[1].data.processor_payment", equalTo("pay_1"))
        .body("events[1].refund", nullValue());
    asMerchant()
        .queryParam("charge", charge)
        .get("/v1/entries")
        .then()
        .body("data.kind", hasItem("dispute"))
        .body("data.kind", hasItem("dispute_reversal"));
  }

  @Test
  void evidence_against_a_final_status_is_acknowledged_and_shown_to_operators() {
    deliver(newId(), body("payment.declined", charge, "pay_1"));
    deliver(newId(), body("payment.approved", charge, "pay_1")).then().statusCode(200);

    assertThat(status()).isEqualTo("declined");
    asOperator().get("/v1/ops/reviews").then().body("data.charge", hasItem(charge));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void without_one_of_its_headers_nothing_is_read(String missing) {
    byte[] body = body("payment.approved", charge, "pay_1");
    Map<String, String> headers = new HashMap<>(ProcessorSigner.headers(newId(), body));
    headers.remove(missing);

    refused(post(headers, body));
  }

  @Test
  void nothing_may_be_changed_after_it_was_signed() {
    byte[] body = body("payment.declined", charge, "pay_1");
    Map<String, String> headers = ProcessorSigner.headers(newId(), body);

    refused(post(headers, body("payment.approved", charge, "pay_1")));
    refused(post(with(headers, "webhook-id", newId()), body));
    long signed = Long.parseLong(headers.get("webhook-timestamp"));
    refused(post(with(headers, "webhook-timestamp", Long.toString(signed - 1)), body));
    refused(post(with(headers, "webhook-signature", "v1,AAAA"), body));
    refused(post(Map.of(), body));
    refused(post(Map.of(), "{".getBytes(StandardCharsets.UTF_8)));
    refused(
        given()
            .headers(headers)
            .header("webhook-id", "ntf_2")
            .contentType("application/json")
            .body(body)
            .post(PATH));
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -302, 330, 3_600})
  void what_was_signed_too_long_ago_or_too_early_is_refused(long seconds) {
    byte[] body = body("payment.approved", charge, "pay_1");

    refused(
        post(
            ProcessorSigner.headers(newId(), Instant.now().getEpochSecond() + seconds, body),
            body));
  }

  @Test
  void an_api_key_does_not_replace_the_signature() {
    for (RequestSpecification caller : List.of(asMerchant(), asOperator())) {
      refused(
          caller
              .contentType("application/json")
              .body(body("payment.approved", charge, "pay_1"))
              .post(PATH));
    }
  }

  @Test
  void a_type_that_nobody_knows_is_acknowledged_and_not_kept() {
    long seen = inbox();

    deliver(newId(), body("payout.created", charge, "pay_1"))
        .then()
        .statusCode(200)
        .body("received", equalTo(true));

    assertThat(inbox()).isEqualTo(seen);
    assertThat(status()).isEqualTo("pending");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"id\":\"1\"}",
        "{\"id\":\"1\",\"type\":\"payment.approved\",\"amount\":\"ten\"}"
      })
  void what_is_signed_and_not_understood_is_400(String body) {
    deliver(newId(), body.getBytes(StandardCharsets.UTF_8)).then().statusCode(400);
  }

  @Test
  void a_body_has_a_limit_and_a_media_type() {
    byte[] large = ("{\"id\":\"" + "1".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    byte[] body = body("payment.approved", charge, "pay_1");

    deliver(newId(), large)
        .then()
        .statusCode(413)
        .body("type", equalTo("/problems/payload-too-large"));
    given()
        .headers(ProcessorSigner.headers(newId(), body))
        .contentType("text/plain")
        .body(body)
        .post(PATH)
        .then()
        .statusCode(415);
    assertThat(status()).isEqualTo("pending");
  }

  @Test
  void a_charge_is_touched_only_in_its_merchants_name() {
    String other =
        PublicId.MERCHANT.text(
            UUID.fromString(
                database
                    .column(
                        "SELECT merchant_id FROM api_key"
                            + " WHERE hash = sha256(convert_to(?, 'UTF8'))",
                        LedgerUnderTest.OTHER_KEY)
                    .get(0)));

    deliver(newId(), body("payment.approved", other, charge, "pay_1", 1000)).then().statusCode(200);
    deliver(newId(), body("payment.approved", "acct_1", charge, "pay_1", 1000))
        .then()
        .statusCode(200);

    assertThat(status()).isEqualTo("pending");
    asOperator()
        .get("/v1/ops/reviews")
        .then()
        .body("data.findAll { it.charge == '" + charge + "' }.size()", equalTo(0));
  }

  @Test
  void another_method_is_405() {
    given().get(PATH).then().statusCode(405).header("Allow", "OPTIONS, POST");
  }

  private static void refused(Response answer) {
    answer
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/invalid-signature"));
  }

  private static Response deliver(String id, byte[] body) {
    return post(ProcessorSigner.headers(id, body), body);
  }

  private static Response post(Map<String, String> headers, byte[] body) {
    return given().headers(headers).contentType("application/json").body(body).post(PATH);
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  private byte[] body(String type, String reference, String payment) {
    return body(type, merchant(), reference, payment, 1000);
  }

  private static byte[] body(
      String type, String merchant, String reference, String payment, long amount) {
    return """
    {"id": "in-the-body", "type": "%s", "merchant_account": "%s", "reference": "%s",
     "payment": "%s", "amount": %d, "currency": "USD", "occurred_at": "2026-11-21T07:00:00Z"}
    """
        .formatted(type, merchant, reference, payment, amount)
        .getBytes(StandardCharsets.UTF_8);
  }

  private String merchant() {
    return PublicId.MERCHANT.text(
        UUID.fromString(
            database.column("SELECT merchant_id FROM charge WHERE id = ?", chargeId()).get(0)));
  }

  private UUID chargeId() {
    return PublicId.CHARGE.parse(charge).orElseThrow();
  }

  private String status() {
    return database.column("SELECT status FROM charge WHERE id = ?", chargeId()).get(0);
  }

  private long inbox() {
    return database.number("SELECT count(*) FROM inbox_message");
  }

  private static String newId() {
    return "ntf_" + UUID.randomUUID();
  }
}
