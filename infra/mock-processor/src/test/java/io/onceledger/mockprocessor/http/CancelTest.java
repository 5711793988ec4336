package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancelTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void a_canceled_key_never_takes_effect() {
    Answer canceled = processor.cancel("k");
    assertThat(canceled.status()).isEqualTo(200);
    assertThat(canceled.text("status")).isEqualTo("canceled");

    Answer late = processor.pay("k");

    assertThat(late.status()).isEqualTo(410);
    assertThat(late.error()).isEqualTo("key_canceled");
    assertThat(processor.find("k").status()).isEqualTo(404);
    assertThat(processor.effects()).isZero();
  }

  @Test
  void cancel_can_be_repeated_and_lays_one_tombstone() {
    processor.cancel("k");

    assertThat(processor.cancel("k").status()).isEqualTo(200);
    assertThat(processor.summary().path("cancels").intValue()).isEqualTo(2);
    assertThat(processor.summary().path("canceled").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pm_card_visa", "pm_card_declined"})
  void cancel_after_a_result_is_409_with_the_payment(String paymentMethod) {
    Answer paid = processor.pay("k", paymentMethod);

    Answer refused = processor.cancel("k");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).isEqualTo(processor.find("k").body());
    assertThat(refused.text("id")).isEqualTo(paid.text("id"));
    assertThat(refused.text("merchant_account")).isEqualTo(RunningProcessor.MERCHANT);
    assertThat(processor.pay("k", paymentMethod).status()).isEqualTo(200);
  }

  @Test
  void cancel_sees_an_effect_that_look_up_does_not_show_yet() {
    processor.faults("{'lookup_lag_ms':60000}");
    processor.pay("k");

    assertThat(processor.find("k").status()).isEqualTo(404);
    assertThat(processor.cancel("k").status()).isEqualTo(409);
  }

  @Test
  void cancel_after_a_failure_that_had_an_effect_is_409() {
    assertThat(processor.pay("k", "pm_error_after_effect_once").status()).isEqualTo(500);

    assertThat(processor.cancel("k").status()).isEqualTo(409);
  }

  @Test
  void cancel_after_a_failure_before_the_effect_ends_the_key() {
    processor.faults("{'caches':'all'}");
    assertThat(processor.pay("k", "pm_error_twice").status()).isEqualTo(500);

    assertThat(processor.cancel("k").status()).isEqualTo(200);
    assertThat(processor.pay("k", "pm_error_twice").status()).isEqualTo(410);
  }

  @Test
  void a_tombstone_is_one_merchant_s_and_one_resource_s() {
    processor.cancel("/refunds", "k");
    processor.send(
        processor
            .request("/payments/cancel")
            .POST(
                BodyPublishers.ofString(
                    RunningProcessor.json("{'merchant_account':'m','idempotency_key':'k'}"))));

    assertThat(processor.pay("k").status()).isEqualTo(201);
  }

  @Test
  void a_processor_that_cannot_cancel_says_405() {
    processor.faults("{'cancel_supported':false}");

    Answer refused = processor.cancel("k");

    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.error()).isEqualTo("cancel_not_supported");
    assertThat(processor.pay("k").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{'merchant_account':'m'}",
        "{'merchant_account':'m','idempotency_key':1}",
        "{'merchant_account':'','idempotency_key':'k'}"
      })
  void a_cancel_that_names_no_key_is_refused(String body) {
    Answer refused =
        processor.send(
            processor
                .request("/payments/cancel")
                .POST(BodyPublishers.ofString(RunningProcessor.json(body))));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isNotNull();
  }
}
