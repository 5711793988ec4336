package io.onceledger.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.standalone.demo.Evidence.Account;
import io.onceledger.standalone.demo.Evidence.Charge;
import io.onceledger.standalone.demo.Evidence.Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One order of 10.00 USD, seen by three witnesses who may disagree. */
class ProofTest {
  private static final Charge SUCCEEDED = new Charge("ch_1", "k", 1000, "USD", "succeeded");
  private static final Effect EFFECT = new Effect("k", "ch_1", 1000, "USD");
  private static final Entry ENTRY = new Entry("ch_1", "charge", 1000, "USD");

  @Test
  void three_witnesses_that_agree_are_a_proof() {
    assertThat(proof(SUCCEEDED, List.of(EFFECT), List.of(ENTRY)).holds()).isTrue();
    assertThat(proof(charge("declined"), List.of(), List.of()).holds()).isTrue();
    assertThat(proof(charge("canceled"), List.of(), List.of()).holds()).isTrue();
  }

  @Test
  void two_effects_under_one_key_are_double() {
    Proof proof = proof(SUCCEEDED, List.of(EFFECT, EFFECT), List.of(ENTRY));
    assertThat(proof.doubled()).containsExactly("k took effect 2 times");
    assertThat(proof.holds()).isFalse();
  }

  @Test
  void a_success_without_an_effect_is_lost() {
    Proof proof = proof(SUCCEEDED, List.of(), List.of(ENTRY));
    assertThat(proof.lost()).containsExactly("k: charge ch_1 succeeded without an effect");
    assertThat(proof.holds()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"pending", "unknown", "needs_review", "declined", "canceled"})
  void an_effect_whose_charge_did_not_succeed_is_lost(String status) {
    Proof proof = proof(charge(status), List.of(EFFECT), List.of());
    assertThat(proof.lost()).containsExactly("k: an effect, but charge ch_1 is " + status);
    assertThat(proof.holds()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"pending", "unknown", "needs_review"})
  void a_charge_that_can_still_change_is_not_final(String status) {
    Proof proof = proof(charge(status), List.of(), List.of());
    assertThat(proof.notFinal()).containsExactly("ch_1 is " + status);
    assertThat(proof.holds()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ch_2, 1000, USD", "ch_1, 999, USD", "ch_1, 1000, EUR"})
  void an_effect_that_is_not_what_the_charge_says_is_lost(
      String reference, long amount, String currency) {
    Effect other = new Effect("k", reference, amount, currency);
    assertThat(proof(SUCCEEDED, List.of(other), List.of(ENTRY)).lost()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"l, 1000, USD", "k, 999, USD", "k, 1000, EUR"})
  void a_charge_that_is_not_what_was_ordered_is_lost(String key, long amount, String currency) {
    Charge other = new Charge("ch_1", key, amount, currency, "declined");
    assertThat(proof(other, List.of(), List.of()).lost()).hasSize(1);
  }

  @Test
  void an_accepted_key_without_a_charge_is_lost() {
    assertThat(proof(null, List.of(), List.of()).lost())
        .containsExactly("k: accepted, but there is no such charge");
  }

  @Test
  void an_effect_for_a_refused_order_is_lost() {
    Evidence evidence =
        evidence(Map.of(), Map.of("k", "400"), null, List.of(EFFECT), List.of(), 0, List.of());
    assertThat(Proof.of(evidence).lost()).containsExactly("k: an effect, but no charge");
    assertThat(Proof.of(evidence).refused()).containsExactly("k: 400");
  }

  @ParameterizedTest
  @CsvSource({"0", "999", "1001", "2000"})
  void entries_other_than_what_succeeded_are_unbalanced(long posted) {
    List<Entry> entries =
        posted == 0 ? List.of() : List.of(new Entry("ch_1", "charge", posted, "USD"));
    Proof proof = proof(SUCCEEDED, List.of(EFFECT), entries);
    assertThat(proof.unbalanced()).containsExactly("USD: posted " + posted + ", succeeded 1000");
    assertThat(proof.holds()).isFalse();
  }

  @Test
  void a_fee_is_no_part_of_what_was_charged() {
    Entry fee = new Entry("ch_1", "fee", 59, "USD");
    assertThat(proof(SUCCEEDED, List.of(EFFECT), List.of(ENTRY, fee)).holds()).isTrue();
  }

  @Test
  void debits_other_than_credits_are_unbalanced() {
    Evidence evidence =
        evidence(
            Map.of("k", "ch_1"),
            Map.of(),
            SUCCEEDED,
            List.of(EFFECT),
            List.of(ENTRY),
            1,
            List.of());
    assertThat(Proof.of(evidence).unbalanced()).containsExactly("USD: debits 5001, credits 5000");
  }

  @Test
  void a_violation_is_enough_to_fail() {
    Evidence evidence =
        evidence(
            Map.of("k", "ch_1"),
            Map.of(),
            SUCCEEDED,
            List.of(EFFECT),
            List.of(ENTRY),
            0,
            List.of("balance_is_sum_of_entries"));
    assertThat(Proof.of(evidence).holds()).isFalse();
  }

  private static Charge charge(String status) {
    return new Charge("ch_1", "k", 1000, "USD", status);
  }

  private static Proof proof(Charge charge, List<Effect> effects, List<Entry> entries) {
    return Proof.of(
        evidence(Map.of("k", "ch_1"), Map.of(), charge, effects, entries, 0, List.of()));
  }

  private static Evidence evidence(
      Map<String, String> accepted,
      Map<String, String> refused,
      Charge charge,
      List<Effect> effects,
      List<Entry> entries,
      long tooMuchDebit,
      List<String> violations) {
    return new Evidence(
        Map.of("k", Orders.order("k")),
        accepted,
        refused,
        Set.of(),
        charge == null ? Map.of() : Map.of("ch_1", charge),
        entries,
        effects,
        List.of(
            new Account("processor_receivable", "USD", 5000 + tooMuchDebit, 0),
            new Account("merchant_payable", "USD", 0, 5000)),
        violations);
  }
}
