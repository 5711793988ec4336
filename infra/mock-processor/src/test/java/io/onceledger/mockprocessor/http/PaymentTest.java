package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PaymentTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void a_payment_answers_201_with_exactly_what_the_contract_names() {
    Answer first = processor.pay("k");

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.body().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("id", "status", "amount", "currency", "reference");
    assertThat(first.text("id")).startsWith("pay_");
    assertThat(first.text("status")).isEqualTo("approved");
    assertThat(first.body().path("amount").longValue()).isEqualTo(1_000);
    assertThat(first.text("currency")).isEqualTo("USD");
    assertThat(first.text("reference")).isEqualTo("ch_1");
  }

  @Test
  void a_repeat_gets_200_with_the_same_payment_and_no_effect() {
    Answer first = processor.pay("k");
    Answer repeat = processor.pay("k");

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(processor.effects()).isEqualTo(1);
    assertThat(processor.summary().path("absorbed").intValue()).isEqualTo(1);
  }

  @Test
  void a_quoted_key_is_the_same_as_the_bare_one() {
    Answer bare = processor.pay("k-1");
    Answer quoted = processor.pay("\"k-1\"");

    assertThat(quoted.status()).isEqualTo(200);
    assertThat(quoted.text("id")).isEqualTo(bare.text("id"));
  }

  @Test
  void an_escaped_key_is_looked_up_by_its_unescaped_value() {
    Answer paid = processor.pay("\"a \\\"b\\\" \\\\c\"");

    Answer found = processor.find("a \"b\" \\c");

    assertThat(found.text("id")).isEqualTo(paid.text("id"));
    assertThat(found.text("idempotency_key")).isEqualTo("a \"b\" \\c");
  }

  @Test
  void keys_that_differ_in_case_are_two() {
    assertThat(processor.pay("k").status()).isEqualTo(201);
    assertThat(processor.pay("K").status()).isEqualTo(201);
  }

  @Test
  void another_merchant_s_equal_key_is_another_key() {
    Answer mine = processor.pay("k");
    Answer theirs =
        processor.send(
            processor.payment("k", "pm_card_visa").setHeader("Merchant-Account", "mer_b"));

    assertThat(theirs.status()).isEqualTo(201);
    assertThat(theirs.text("id")).isNotEqualTo(mine.text("id"));
    assertThat(processor.find("k").text("id")).isEqualTo(mine.text("id"));
  }

  @Test
  void the_same_key_with_other_parameters_is_refused_without_effect() {
    processor.pay("k");

    for (String body :
        new String[] {
          "{'amount':1001,'currency':'USD','payment_method':'pm_card_visa','reference':'ch_1'}",
          "{'amount':1000,'currency':'EUR','payment_method':'pm_card_visa','reference':'ch_1'}",
          "{'amount':1000,'currency':'USD','payment_method':'pm_card_amex','reference':'ch_1'}",
          "{'amount':1000,'currency':'USD','payment_method':'pm_card_visa','reference':'ch_2'}",
        }) {
      Answer other = processor.send(processor.effect("/payments", "k", body));

      assertThat(other.status()).as(body).isEqualTo(422);
      assertThat(other.error()).isEqualTo("idempotency_key_reused");
    }
    assertThat(processor.effects()).isEqualTo(1);
    assertThat(processor.pay("k").status()).isEqualTo(200);
  }

  @Test
  void order_and_white_space_of_the_body_do_not_matter() {
    processor.pay("k");

    Answer repeat =
        processor.send(
            processor.effect(
                "/payments",
                "k",
                "{ 'reference':'ch_1', 'note':[1,{}],\n'payment_method':'pm_card_visa',"
                    + "'currency':'\\u0055SD','amount':1000}"));

    assertThat(repeat.status()).isEqualTo(200);
  }

  @Test
  void ids_are_unique() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      ids.add(processor.pay("k" + i).text("id"));
    }

    assertThat(ids).hasSize(200);
  }

  @Test
  void a_declined_payment_is_a_result_but_no_money() {
    Answer declined = processor.pay("k", "pm_card_declined");

    assertThat(declined.status()).isEqualTo(201);
    assertThat(declined.text("status")).isEqualTo("declined");
    assertThat(declined.text("decline_code")).isEqualTo("card_declined");
    assertThat(processor.pay("k", "pm_card_declined").status()).isEqualTo(200);
    assertThat(processor.effects()).isZero();
    assertThat(processor.summary().path("declined").intValue()).isEqualTo(1);
  }
}
