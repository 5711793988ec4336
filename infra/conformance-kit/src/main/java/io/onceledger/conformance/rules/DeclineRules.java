package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Family
@DisplayName("5.10 A declined charge is final for its key")
class DeclineRules {
  private static final String DECLINED = ChargeJson.with("payment_method", "\"pm_card_declined\"");

  private final Ledger ledger;

  DeclineRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void a_declined_charge_stays_declined_however_often_it_is_sent() {
    String key = ledger.newKey();

    Answer declined = Settled.charge(ledger, key, DECLINED);

    assertThat(declined)
        .hasMember("status", "declined")
        .expect(!declined.text("decline_code").isEmpty(), "a decline_code");
    Answer again = Settled.charge(ledger, key, DECLINED);
    assertThat(again).expect(again.body().equals(declined.body()), "as before: " + declined.body());
  }

  @Test
  void another_card_under_the_key_is_refused_and_under_a_new_key_carried_out() {
    String key = ledger.newKey();
    Answer declined = Settled.charge(ledger, key, DECLINED);

    assertThat(ledger.charge(key, ChargeJson.GOOD))
        .isProblem(422, "idempotency-key-reused")
        .pointsAt("/payment_method")
        .hasMember("resource", declined.location());
    assertThat(ledger.charge(ledger.newKey(), ChargeJson.GOOD)).isFirstReceipt();
  }
}
