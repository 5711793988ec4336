package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

@Family
@DisplayName("5.3 The receipt, and its replays")
class ReplayRules {
  private static final String TIMESTAMP = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z";

  private final Ledger ledger;

  ReplayRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void a_first_delivery_is_answered_202_with_a_receipt_and_its_location() {
    String key = ledger.newKey();

    Answer first =
        ledger.charge(key, ChargeJson.with("description", "\"é\"", "metadata", "{\"o\":\"1\"}"));

    assertThat(first)
        .isFirstReceipt()
        .hasMember("object", "charge")
        .hasMember("amount", "100")
        .hasMember("currency", "USD")
        .hasMember("payment_method", "pm_card_visa")
        .hasMember("description", "é")
        .hasMember("idempotency_key", key)
        .hasMember("amount_refunded", "0")
        .expect(first.json().path("metadata").toString().equals("{\"o\":\"1\"}"), "the metadata")
        .expect(first.json().path("decline_code").isNull(), "decline_code null")
        .expect(first.text("id").startsWith("ch_"), "an id that begins with ch_")
        .expect(first.text("created_at").matches(TIMESTAMP), "created_at in UTC with six digits");
  }

  @Test
  void what_is_acknowledged_can_be_read_at_once() {
    String key = ledger.newKey();

    Answer first = ledger.charge(key, ChargeJson.GOOD);

    assertThat(ledger.merchant().get(first.location()))
        .hasStatus(200)
        .isJson()
        .hasMember("id", first.text("id"))
        .hasMember("idempotency_key", key);
  }

  @Test
  void a_repeat_gets_the_same_bytes_and_location_and_is_called_a_replay() {
    String key = ledger.newKey();

    Answer first = ledger.charge(key, ChargeJson.GOOD);

    for (int repeat = 0; repeat < 3; repeat++) {
      assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(first);
    }
  }

  static Stream<Case> equalBodies() {
    String plain = "{\"amount\":100,\"currency\":\"USD\",\"payment_method\":\"pm_card_visa\"";
    return Stream.of(
        Case.of(
            "fields in another order",
            "{\"payment_method\":\"pm_card_visa\",\"currency\":\"USD\",\"amount\":100}"),
        Case.of("white space", "\r\n\t " + plain.replace(",", " , ").replace(":", " :\n") + "} \n"),
        Case.of("an escaped letter", plain.replace("USD", "\\u0055SD") + "}"),
        Case.of("an escaped name", plain.replace("\"amount", "\"\\u0061mount") + "}"),
        Case.of("description null", plain + ",\"description\":null}"),
        Case.of("metadata null", plain + ",\"metadata\":null}"),
        Case.of("empty metadata", plain + ",\"metadata\":{}}"));
  }

  @EachCase
  @MethodSource("equalBodies")
  void how_the_same_request_is_written_does_not_matter(Case other) {
    String key = ledger.newKey();

    Answer first = ledger.charge(key, ChargeJson.GOOD);

    assertThat(ledger.charge(key, other.body())).isReplayOf(first);
  }

  @Test
  void the_order_of_metadata_does_not_matter() {
    String key = ledger.newKey();

    Answer first = ledger.charge(key, ChargeJson.with("metadata", "{\"a\":\"1\",\"b\":\"2\"}"));

    assertThat(ledger.charge(key, ChargeJson.with("metadata", "{\"b\":\"\\u0032\", \"a\":\"1\"}")))
        .isReplayOf(first);
  }

  @Test
  void other_headers_are_no_part_of_the_request() {
    String key = ledger.newKey();

    Answer first = ledger.charge(key, ChargeJson.GOOD);

    assertThat(
            ledger
                .merchant()
                .key(key)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "another")
                .header("Accept", "*/*")
                .body(ChargeJson.GOOD)
                .post("/v1/charges"))
        .isReplayOf(first);
  }

  @EachCase
  @MethodSource("io.onceledger.conformance.rules.Settled#fates")
  void a_repeat_gets_the_receipt_even_when_the_charge_is_final(String method, String status) {
    String key = ledger.newKey();
    String body = ChargeJson.with("payment_method", '"' + method + '"');
    Answer first = ledger.charge(key, body);
    assertThat(first).isFirstReceipt();

    Settled.charge(ledger, key, body);

    assertThat(ledger.merchant().get(first.location())).hasStatus(200).hasMember("status", status);
    assertThat(ledger.charge(key, body)).isReplayOf(first);
  }
}
