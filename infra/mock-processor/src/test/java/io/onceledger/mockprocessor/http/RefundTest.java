package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefundTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  private String payment;

  @BeforeEach
  void payment_of_1000_usd() {
    payment = processor.pay("p").text("id");
  }

  @Test
  void a_refund_is_approved_once() {
    Answer first = processor.refund("r", payment, 400);
    Answer repeat = processor.refund("r", payment, 400);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text("id")).startsWith("ref_");
    assertThat(first.text("status")).isEqualTo("approved");
    assertThat(first.text("reference")).isEqualTo("re_1");
    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(processor.summary().path("refund_effects").intValue()).isEqualTo(1);
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void refunds_add_up_to_the_payment_at_most() {
    assertThat(processor.refund("r1", payment, 600).status()).isEqualTo(201);
    assertThat(processor.refund("r2", payment, 401).error()).isEqualTo("refund_exceeds_payment");
    assertThat(processor.refund("r3", payment, 400).status()).isEqualTo(201);
    assertThat(processor.refund("r4", payment, 1).status()).isEqualTo(422);
  }

  @Test
  void a_refused_refund_leaves_its_key_free() {
    assertThat(processor.refund("r", payment, 1_001).status()).isEqualTo(422);
    assertThat(processor.refund("r", payment, 1_000).status()).isEqualTo(201);
  }

  @Test
  void a_refund_needs_an_approved_payment_of_the_same_merchant_and_currency() {
    String declined = processor.pay("d", "pm_card_declined").text("id");
    String body =
        "{'amount':1,'currency':'%s','payment':'%s','reference':'re_1'}".formatted("EUR", payment);

    assertThat(processor.refund("r1", "pay_0", 1).error()).isEqualTo("unknown_payment");
    assertThat(processor.refund("r2", "nonsense", 1).error()).isEqualTo("unknown_payment");
    assertThat(processor.refund("r3", declined, 1).error()).isEqualTo("unknown_payment");
    assertThat(processor.refund("r4", payment + "0", 1).error()).isEqualTo("unknown_payment");
    assertThat(processor.send(processor.effect("/refunds", "r5", body)).error())
        .isEqualTo("currency_mismatch");
    assertThat(
            processor
                .send(
                    processor
                        .effect("/refunds", "r6", body.replace("EUR", "USD"))
                        .setHeader("Merchant-Account", "mer_b"))
                .error())
        .isEqualTo("unknown_payment");
    assertThat(processor.summary().path("refund_effects").intValue()).isZero();
  }

  @Test
  void a_refund_is_looked_up_and_canceled_like_a_payment() {
    Answer made = processor.refund("r", payment, 1);

    assertThat(processor.find("/refunds", "r").text("id")).isEqualTo(made.text("id"));
    assertThat(processor.cancel("/refunds", "r").status()).isEqualTo(409);
    assertThat(processor.cancel("/refunds", "r2").status()).isEqualTo(200);
    assertThat(processor.refund("r2", payment, 1).status()).isEqualTo(410);
  }

  @Test
  void a_payment_and_a_refund_may_share_a_key() {
    assertThat(processor.refund("p", payment, 1).status()).isEqualTo(201);
    assertThat(processor.summary().path("double_effects").intValue()).isZero();
  }

  @Test
  void faults_happen_to_refunds_too() {
    processor.faults("{'error_after_effect_rate':1}");
    assertThat(processor.refund("r", payment, 400).status()).isEqualTo(500);
    assertThat(processor.refund("r", payment, 400).status()).isEqualTo(500);
    processor.faults("{'error_after_effect_rate':0,'decline_rate':1}");
    assertThat(processor.refund("s", payment, 200).text("status")).isEqualTo("declined");
    processor.faults("{'decline_rate':0}");

    assertThat(processor.refund("t", payment, 201).status()).isEqualTo(422);
    assertThat(processor.refund("t", payment, 200).status()).isEqualTo(201);
    assertThat(processor.summary().path("refund_effects").intValue()).isEqualTo(3);
    assertThat(processor.summary().path("double_effects").intValue()).isEqualTo(1);
  }
}
