package io.onceledger.conformance.rules;

import static io.onceledger.conformance.http.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.conformance.http.Answer;
import io.onceledger.conformance.http.Ledger;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;

/** Comes after the others, so that everything that they have charged is judged with it. */
@Family
@DisplayName("8 The books")
class BooksRules {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Ledger ledger;

  BooksRules(Ledger ledger) {
    this.ledger = ledger;
  }

  @EachCase
  @ValueSource(strings = {"pending", "unknown"})
  void every_charge_of_this_run_becomes_final(String open) {
    Awaitility.await("no charge of this run is " + open)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .untilAsserted(
            () ->
                Assertions.assertThat(ours("/v1/charges?limit=100&status=" + open))
                    .as("keys of this run whose charge is still " + open)
                    .isEmpty());
  }

  @Test
  void a_charge_that_succeeded_is_booked_once_and_a_declined_one_not_at_all() {
    String succeeded = Settled.charge(ledger, ledger.newKey(), ChargeJson.GOOD).text("id");
    String declined =
        Settled.charge(
                ledger, ledger.newKey(), ChargeJson.with("payment_method", "\"pm_card_declined\""))
            .text("id");

    Answer booked = ledger.merchant().get("/v1/entries?charge=" + succeeded);
    Answer none = ledger.merchant().get("/v1/entries?charge=" + declined);

    List<String> charges = new ArrayList<>();
    for (JsonNode entry : booked.json().path("data")) {
      if (entry.path("kind").asText().equals("charge")) {
        charges.add(
            "%s to %s: %s %s"
                .formatted(
                    entry.path("debit_account").asText(),
                    entry.path("credit_account").asText(),
                    entry.path("amount").asText(),
                    entry.path("currency").asText()));
      }
    }
    assertThat(booked)
        .hasStatus(200)
        .expect(
            charges.equals(List.of("processor_receivable to merchant_payable: 100 USD")),
            "one entry of kind charge: 100 USD from processor_receivable to merchant_payable");
    assertThat(none).hasStatus(200).expect(none.json().path("data").isEmpty(), "no entries");
  }

  @Test
  void debits_equal_credits_in_every_currency() {
    Answer accounts = ledger.merchant().get("/v1/accounts");
    Map<String, BigInteger> difference = new HashMap<>();
    for (JsonNode account : accounts.json().path("data")) {
      difference.merge(
          account.path("currency").asText(),
          account
              .path("debits")
              .bigIntegerValue()
              .subtract(account.path("credits").bigIntegerValue()),
          BigInteger::add);
    }

    assertThat(accounts)
        .hasStatus(200)
        .expect(!difference.isEmpty(), "accounts")
        .expect(
            difference.values().stream().allMatch(BigInteger.ZERO::equals),
            "debits equal to credits; they differ by " + difference);
  }

  private List<String> ours(String list) {
    Answer answer = ledger.merchant().get(list);
    assertThat(answer).hasStatus(200);
    List<String> keys = new ArrayList<>();
    for (JsonNode charge : answer.json().path("data")) {
      if (charge.path("idempotency_key").asText().startsWith(ledger.keyPrefix())) {
        keys.add(charge.path("idempotency_key").asText());
      }
    }
    return keys;
  }
}
