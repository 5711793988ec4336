package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.http.Request;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each request is wrong in several ways; the first check in the order is the one that answers. */
@Family
@DisplayName("4 The order of the checks")
class OrderOfChecksRules {
  private static final String LARGE = "{" + " ".repeat(65 * 1024);

  private final Ledger ledger;

  OrderOfChecksRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void the_caller_comes_before_everything() {
    assertThat(allWrong(ledger.stranger())).isProblem(401, "unauthenticated");
    assertThat(allWrong(ledger.operator())).isProblem(403, "forbidden");
  }

  @Test
  void the_syntax_of_the_key_comes_before_media_type_size_and_json() {
    assertThat(allWrong(ledger.merchant())).isProblem(400, "idempotency-key-invalid");
    assertThat(
            ledger.merchant().header("Content-Type", "text/plain").body(LARGE).post("/v1/charges"))
        .isProblem(400, "idempotency-key-missing");
  }

  @Test
  void the_media_type_comes_before_json() {
    assertThat(keyed().header("Content-Type", "text/plain").body("{").post("/v1/charges"))
        .isProblem(415, "unsupported-media-type");
  }

  @Test
  void the_size_comes_before_json() {
    assertThat(keyed().json(LARGE).post("/v1/charges")).isProblem(413, "payload-too-large");
  }

  @Test
  void json_comes_before_its_shape() {
    assertThat(keyed().json("{\"amount\":0,\"unknown\":1").post("/v1/charges"))
        .isProblem(400, "malformed-json");
  }

  @Test
  void the_shape_comes_before_the_key_is_looked_up() {
    String key = ledger.newKey();
    Answer first = ledger.charge(key, ChargeJson.GOOD);

    assertThat(ledger.charge(key, ChargeJson.with("unknown", "1")))
        .isProblem(400, "validation-error")
        .pointsAt("/unknown");
    assertThat(ledger.charge(key, ChargeJson.with("amount", "0")))
        .isProblem(400, "validation-error")
        .pointsAt("/amount");
    assertThat(ledger.charge(key, ChargeJson.GOOD + "}")).isProblem(400, "malformed-json");
    assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(first);
  }

  private static Answer allWrong(Request caller) {
    return caller.key("a b").header("Content-Type", "text/plain").body("{").post("/v1/charges");
  }

  private Request keyed() {
    return ledger.merchant().key(ledger.newKey());
  }
}
