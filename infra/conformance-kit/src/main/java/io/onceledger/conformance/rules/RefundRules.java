package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.http.Request;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Refunds are named by keys as charges are. A ledger that offers none is not judged by them. */
@Family
@DisplayName("5 Refunds under keys")
class RefundRules {
  private final Ledger ledger;

  RefundRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @BeforeEach
  void refunds_are_offered() {
    Answer list = ledger.merchant().get("/v1/refunds?charge=" + succeeded().text("id"));
    assumeTrue(list.status() != 404, "this ledger has no /v1/refunds");
  }

  @Test
  void a_refund_without_a_key_is_refused() {
    assertThat(ledger.merchant().json("{}").post(refundsOf(succeeded())))
        .isProblem(400, "idempotency-key-missing");
  }

  @Test
  void a_repeated_refund_gets_the_same_bytes_and_location() {
    String key = ledger.newKey();
    String refunds = refundsOf(succeeded());

    Answer first = refund(key, "{\"amount\":40}").post(refunds);

    assertThat(first).isFirstReceipt().hasMember("object", "refund").hasMember("amount", "40");
    assertThat(refund(key, "{ \"amount\" : 40 }").post(refunds)).isReplayOf(first);
    assertThat(refund(key, "{\"amount\":41}").post(refunds))
        .isProblem(422, "idempotency-key-reused")
        .pointsAt("/amount")
        .hasMember("resource", first.location());
  }

  @Test
  void a_charges_key_on_the_route_of_refunds_is_used_for_another_request() {
    Answer charge = succeeded();

    assertThat(refund(charge.text("idempotency_key"), "{}").post(refundsOf(charge)))
        .isProblem(422, "idempotency-key-reused")
        .hasMember("resource", charge.location());
  }

  @Test
  void a_refunds_key_on_the_route_of_charges_is_used_for_another_request() {
    String key = ledger.newKey();
    Answer refund = refund(key, "{\"amount\":1}").post(refundsOf(succeeded()));

    assertThat(refund).isFirstReceipt();
    assertThat(ledger.charge(key, ChargeJson.GOOD))
        .isProblem(422, "idempotency-key-reused")
        .hasMember("resource", refund.location());
  }

  @Test
  void more_than_is_left_is_refused_and_leaves_the_key_free() {
    String key = ledger.newKey();
    String refunds = refundsOf(succeeded());

    assertThat(refund(key, "{\"amount\":101}").post(refunds))
        .isProblem(422, "refund-exceeds-charge");

    assertThat(refund(key, "{\"amount\":100}").post(refunds)).isFirstReceipt();
  }

  @Test
  void of_64_full_refunds_under_different_keys_one_is_accepted() {
    String refunds = refundsOf(succeeded());
    List<Request> deliveries =
        IntStream.range(0, 64).mapToObj(i -> refund(ledger.newKey(), "{}")).toList();

    List<Answer> answers = ledger.atOnce(deliveries, refunds);

    Assertions.assertThat(answers.stream().filter(answer -> answer.status() == 202))
        .as("full refunds that were accepted")
        .hasSize(1);
    answers.stream()
        .filter(answer -> answer.status() != 202)
        .forEach(answer -> assertThat(answer).isProblem(422, "refund-exceeds-charge"));
  }

  @Test
  void a_charge_that_was_refunded_in_full_is_still_answered_with_its_receipt() {
    String key = ledger.newKey();
    Answer receipt = ledger.charge(key, ChargeJson.GOOD);
    String refunds = refundsOf(Settled.charge(ledger, key, ChargeJson.GOOD));

    assertThat(refund(ledger.newKey(), "{}").prefer("wait=30").post(refunds)).hasStatusIn(200, 202);

    assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(receipt);
  }

  @Test
  void a_charge_that_did_not_succeed_is_not_refunded() {
    Answer declined =
        Settled.charge(
            ledger, ledger.newKey(), ChargeJson.with("payment_method", "\"pm_card_declined\""));

    assertThat(refund(ledger.newKey(), "{}").post(refundsOf(declined)))
        .isProblem(422, "invalid-state");
  }

  @Test
  void another_merchants_charge_is_not_refunded_and_not_known() {
    assertThat(ledger.otherMerchant().key(ledger.newKey()).json("{}").post(refundsOf(succeeded())))
        .isProblem(404, "not-found");
  }

  private Answer succeeded() {
    return Settled.charge(ledger, ledger.newKey(), ChargeJson.GOOD);
  }

  private Request refund(String key, String body) {
    return ledger.delivery(key, body);
  }

  private static String refundsOf(Answer charge) {
    return "/v1/charges/" + charge.text("id") + "/refunds";
  }
}
