package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which answers a key pins, and what that means for money. */
class CachesTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void successes_a_failure_after_the_effect_lets_a_resend_act_twice() {
    assertThat(processor.pay("k", "pm_error_after_effect_once").status()).isEqualTo(500);
    String first = processor.find("k").text("id");

    Answer resend = processor.pay("k", "pm_error_after_effect_once");

    assertThat(resend.status()).isEqualTo(201);
    assertThat(resend.text("id")).isNotEqualTo(first);
    assertThat(processor.effects()).isEqualTo(2);
    assertThat(processor.summary().path("double_effects").intValue()).isEqualTo(1);
    assertThat(processor.summary().path("max_effects_per_key").intValue()).isEqualTo(2);
    assertThat(processor.summary().path("absorbed").intValue()).isZero();
  }

  @Test
  void successes_the_second_effect_pins_the_key() {
    processor.pay("k", "pm_error_after_effect_once");
    Answer second = processor.pay("k", "pm_error_after_effect_once");

    Answer third = processor.pay("k", "pm_error_after_effect_once");

    assertThat(third.status()).isEqualTo(200);
    assertThat(third.text("id")).isEqualTo(second.text("id"));
    assertThat(processor.find("k").text("id")).isEqualTo(second.text("id"));
    assertThat(processor.effects()).isEqualTo(2);
  }

  @Test
  void all_a_failure_after_the_effect_is_the_answer_for_good() {
    processor.faults("{'caches':'all'}");
    Answer first = processor.pay("k", "pm_error_after_effect_once");

    Answer resend = processor.pay("k", "pm_error_after_effect_once");

    assertThat(first.status()).isEqualTo(500);
    assertThat(resend.status()).isEqualTo(500);
    assertThat(resend.body()).isEqualTo(first.body());
    assertThat(processor.effects()).isEqualTo(1);
    assertThat(processor.summary().path("absorbed").intValue()).isEqualTo(1);
    assertThat(processor.find("k").status()).isEqualTo(200);
  }

  @Test
  void all_a_failure_before_the_effect_is_the_answer_for_good() {
    processor.faults("{'caches':'all','error_before_effect_rate':1}");
    assertThat(processor.pay("k").status()).isEqualTo(500);
    processor.faults("{'error_before_effect_rate':0}");

    assertThat(processor.pay("k").status()).isEqualTo(500);
    assertThat(processor.effects()).isZero();
    assertThat(processor.find("k").status()).isEqualTo(404);
  }

  @Test
  void all_a_pinned_failure_is_bound_to_its_parameters() {
    processor.faults("{'caches':'all'}");
    processor.pay("k", "pm_error_twice");

    assertThat(processor.pay("k", "pm_card_visa").status()).isEqualTo(422);
  }

  @Test
  void all_a_rate_limit_is_no_answer_to_pin() {
    processor.faults("{'caches':'all'}");
    processor.pay("k", "pm_rate_limited_once");

    assertThat(processor.pay("k", "pm_rate_limited_once").status()).isEqualTo(201);
  }

  @Test
  void a_lost_acknowledgement_pins_the_key_in_either_case() {
    for (String caches : new String[] {"successes", "all"}) {
      processor.faults("{'caches':'" + caches + "'}");
      processor.sendInVain(processor.payment(caches, "pm_lost_ack_once"));

      assertThat(processor.pay(caches, "pm_lost_ack_once").status()).isEqualTo(200);
    }
    assertThat(processor.effects()).isEqualTo(2);
    assertThat(processor.summary().path("double_effects").intValue()).isZero();
  }
}
