package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import io.onceledger.conformance.http.Request;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Family
@DisplayName("5.4 Many deliveries at once")
class ConcurrencyRules {
  private static final int AT_ONCE = 64;

  private final Ledger ledger;

  ConcurrencyRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @Test
  void of_64_equal_deliveries_one_makes_the_charge_and_all_get_the_same_receipt() {
    String key = ledger.newKey();

    List<Answer> answers = atOnce(i -> ledger.delivery(key, ChargeJson.GOOD));

    answers.forEach(answer -> assertThat(answer).isReceipt());
    Assertions.assertThat(answers.stream().map(Answer::body).distinct())
        .as("different receipts among %s deliveries of key %s", AT_ONCE, key)
        .hasSize(1);
    Assertions.assertThat(answers.stream().filter(answer -> !answer.replayed()))
        .as("answers without Idempotent-Replayed")
        .hasSize(1);
    assertOneCharge(key);
  }

  @Test
  void of_64_deliveries_of_two_bodies_one_body_wins_and_the_other_is_refused() {
    String key = ledger.newKey();
    String[] bodies = {ChargeJson.GOOD, ChargeJson.with("amount", "101")};

    List<Answer> answers = atOnce(i -> ledger.delivery(key, bodies[i % 2]));

    List<Answer> receipts = answers.stream().filter(answer -> answer.status() == 202).toList();
    Assertions.assertThat(receipts)
        .as("receipts among %s deliveries of two bodies under key %s", AT_ONCE, key)
        .hasSize(AT_ONCE / 2);
    receipts.forEach(
        receipt -> assertThat(receipt).isReceipt().hasMember("id", receipts.get(0).text("id")));
    answers.stream()
        .filter(answer -> answer.status() != 202)
        .forEach(
            answer ->
                assertThat(answer)
                    .isProblem(422, "idempotency-key-reused")
                    .pointsAt("/amount")
                    .hasMember("resource", receipts.get(0).location()));
    assertOneCharge(key);
  }

  @Test
  void of_64_deliveries_under_different_keys_each_makes_its_charge() {
    List<Answer> answers = atOnce(i -> ledger.delivery(ledger.newKey(), ChargeJson.GOOD));

    answers.forEach(answer -> assertThat(answer).isFirstReceipt());
    Assertions.assertThat(
            answers.stream().map(answer -> answer.text("id")).collect(Collectors.toSet()))
        .as("charges of %s keys", AT_ONCE)
        .hasSize(AT_ONCE);
  }

  @Test
  void deliveries_that_nobody_stayed_for_make_no_more_than_the_one_charge() {
    String key = ledger.newKey();
    for (int i = 0; i < 8; i++) {
      ledger.delivery(key, ChargeJson.GOOD).postAndHangUp("/v1/charges");
    }

    Answer answer = ledger.charge(key, ChargeJson.GOOD);

    assertThat(answer).isReceipt();
    assertThat(ledger.charge(key, ChargeJson.GOOD)).isReplayOf(answer);
    assertOneCharge(key);
  }

  private List<Answer> atOnce(IntFunction<Request> delivery) {
    return ledger.atOnce(IntStream.range(0, AT_ONCE).mapToObj(delivery).toList(), "/v1/charges");
  }

  private void assertOneCharge(String key) {
    Answer list = ledger.merchant().get("/v1/charges?idempotency_key=" + key);
    assertThat(list).expect(list.json().path("data").size() == 1, "one charge under " + key);
  }
}
