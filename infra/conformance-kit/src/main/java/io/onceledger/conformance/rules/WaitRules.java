package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Family
@DisplayName("4 Prefer: wait")
class WaitRules {
  private final Ledger ledger;

  WaitRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @EachCase
  @MethodSource("io.onceledger.conformance.rules.Settled#fates")
  void a_first_delivery_that_waits_is_answered_200_with_the_final_charge(
      String method, String status) {
    String key = ledger.newKey();

    Answer settled = deliver(key, ChargeJson.with("payment_method", '"' + method + '"'), "wait=30");

    assertThat(settled)
        .isSettled("wait=30")
        .hasMember("status", status)
        .hasMember("idempotency_key", key)
        .hasHeader("Location", "/v1/charges/" + settled.text("id"))
        .expect(!settled.replayed(), "no Idempotent-Replayed, as this is a key's first delivery");
  }

  @Test
  void a_repeat_that_waits_is_answered_with_the_state_and_one_that_does_not_with_the_receipt() {
    String key = ledger.newKey();
    Answer first = ledger.charge(key, ChargeJson.GOOD);
    assertThat(first).isFirstReceipt();

    Answer waited = deliver(key, ChargeJson.GOOD, "wait=30");

    assertThat(waited)
        .isSettled("wait=30")
        .hasMember("id", first.text("id"))
        .hasHeader("Location", first.location())
        .hasHeader("Idempotent-Replayed", "true");
    assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(first);
  }

  @Test
  void a_receipt_can_be_had_after_a_first_delivery_that_waited() {
    String key = ledger.newKey();
    Answer waited = deliver(key, ChargeJson.GOOD, "wait=30");

    Answer repeat = ledger.charge(key, ChargeJson.GOOD);

    assertThat(repeat).isReceipt().hasMember("id", waited.text("id"));
    assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(repeat);
  }

  @EachCase
  @CsvSource({
    "wait=31, wait=30",
    "wait=3600, wait=30",
    "wait=99999999999999999999, wait=30",
    "wait=29, wait=29",
    "WAIT=20, wait=20",
    "'respond-async, wait=20', wait=20",
    "wait=\"20\", wait=20"
  })
  void more_than_30_seconds_count_as_30_and_the_rest_as_asked(String prefer, String applied) {
    String key = ledger.newKey();
    Settled.charge(ledger, key, ChargeJson.GOOD);

    assertThat(deliver(key, ChargeJson.GOOD, prefer)).isSettled(applied);
  }

  @EachCase
  @ValueSource(
      strings = {
        "wait=nonsense",
        "wait",
        "wait=",
        "wait=-1",
        "wait=1.5",
        "wait=1s",
        "wait=0x1",
        "waiting=5",
        "return=minimal",
        "=",
        ";;",
        "\""
      })
  void a_preference_that_cannot_be_read_or_is_unknown_is_ignored(String prefer) {
    String key = ledger.newKey();
    Settled.charge(ledger, key, ChargeJson.GOOD);

    Answer answer = deliver(key, ChargeJson.GOOD, prefer);

    assertThat(answer)
        .isReceipt()
        .expect(
            answer.header("Preference-Applied").isEmpty(),
            "no Preference-Applied, as none was applied");
  }

  @Test
  void who_waits_no_second_gets_the_receipt_or_what_is_final_already() {
    String key = ledger.newKey();

    Answer first = deliver(key, ChargeJson.GOOD, "wait=0");

    if (first.status() == 200) {
      assertThat(first).isSettled("wait=0");
    } else {
      assertThat(first).isFirstReceipt();
    }
  }

  @Test
  void another_request_under_the_key_is_refused_whether_it_waits_or_not() {
    String key = ledger.newKey();
    ledger.charge(key, ChargeJson.GOOD);

    assertThat(deliver(key, ChargeJson.with("amount", "101"), "wait=30"))
        .isProblem(422, "idempotency-key-reused")
        .pointsAt("/amount");
  }

  private Answer deliver(String key, String body, String prefer) {
    return ledger.merchant().key(key).prefer(prefer).json(body).post("/v1/charges");
  }
}
