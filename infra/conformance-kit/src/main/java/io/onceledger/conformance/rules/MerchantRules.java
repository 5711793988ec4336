package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Family
@DisplayName("5.9 Merchants learn nothing of each other")
class MerchantRules {
  private final Ledger ledger;

  MerchantRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void another_merchants_request_under_the_same_key_is_its_own_charge() {
    String key = ledger.newKey();
    Answer ours = ledger.charge(key, ChargeJson.GOOD);

    Answer equal = other(key, ChargeJson.GOOD);

    assertThat(equal)
        .isFirstReceipt()
        .expect(!equal.text("id").equals(ours.text("id")), "another id than " + ours.text("id"));
    assertThat(other(key, ChargeJson.GOOD)).isReplayOf(equal);
    assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(ours);
  }

  @Test
  void another_merchants_different_request_under_the_same_key_is_no_mismatch() {
    String key = ledger.newKey();
    ledger.charge(key, ChargeJson.GOOD);

    assertThat(other(key, ChargeJson.with("amount", "101"))).isFirstReceipt();
  }

  @Test
  void another_merchants_charge_is_answered_like_one_that_never_was() {
    String location = ledger.charge(ledger.newKey(), ChargeJson.GOOD).location();

    assertSameAnswer(location, Ids.neverGiven(location), 404);
  }

  @Test
  void another_merchants_key_is_answered_like_one_that_was_never_sent() {
    String key = ledger.newKey();
    ledger.charge(key, ChargeJson.GOOD);

    assertSameAnswer(
        "/v1/charges?idempotency_key=" + key,
        "/v1/charges?idempotency_key=" + ledger.newKey(),
        200);
    assertSameAnswer("/v1/idempotency-keys/" + key, "/v1/idempotency-keys/" + ledger.newKey(), 404);
  }

  @Test
  void another_merchants_entries_are_answered_like_those_of_no_charge() {
    String key = ledger.newKey();
    String id = Settled.charge(ledger, key, ChargeJson.GOOD).text("id");
    Answer random = ledger.otherMerchant().get("/v1/entries?charge=" + Ids.neverGiven(id));

    assertSameAnswer(
        "/v1/entries?charge=" + id, "/v1/entries?charge=" + Ids.neverGiven(id), random.status());
  }

  @Test
  void another_merchants_cursor_is_refused() {
    ledger.charge(ledger.newKey(), ChargeJson.GOOD);
    ledger.charge(ledger.newKey(), ChargeJson.GOOD);
    String page = "/v1/charges?limit=1";
    String next = page + "&cursor=" + ledger.merchant().get(page).text("next_cursor");

    assertThat(ledger.merchant().get(next)).hasStatus(200);
    assertThat(ledger.otherMerchant().get(next)).isProblem(400, "validation-error");
  }

  /** To the other merchant, byte for byte: neither the body nor the status tells them apart. */
  private void assertSameAnswer(String ours, String nobodys, int status) {
    Answer expected = ledger.otherMerchant().get(nobodys);
    Answer seen = ledger.otherMerchant().get(ours);

    assertThat(expected).hasStatus(status);
    assertThat(seen)
        .hasStatus(status)
        .expect(seen.body().equals(expected.body()), "as for " + nobodys + ": " + expected.body());
  }

  private Answer other(String key, String body) {
    return ledger.otherMerchant().key(key).json(body).post("/v1/charges");
  }
}
