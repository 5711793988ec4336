package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @BeforeEach
  void six_seconds() {
    processor.faults("{'key_retention_seconds':6}");
  }

  @Test
  void a_forgotten_key_acts_anew() {
    Answer first = processor.pay("k");
    processor.clock().forward(Duration.ofMillis(5_999));
    assertThat(processor.pay("k").status()).isEqualTo(200);

    processor.clock().forward(Duration.ofMillis(1));

    assertThat(processor.find("k").status()).isEqualTo(404);
    Answer second = processor.pay("k");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text("id")).isNotEqualTo(first.text("id"));
  }

  @Test
  void the_journal_does_not_forget_and_counts_every_effect_beyond_the_first() {
    processor.pay("k");
    processor.clock().forward(Duration.ofSeconds(6));
    processor.pay("k");
    processor.clock().forward(Duration.ofSeconds(6));
    processor.pay("k");

    assertThat(processor.effects()).isEqualTo(3);
    assertThat(processor.summary().path("double_effects").intValue()).isEqualTo(2);
    assertThat(processor.summary().path("max_effects_per_key").intValue()).isEqualTo(3);
  }

  @Test
  void a_forgotten_tombstone_stops_nothing() {
    processor.cancel("k");
    processor.clock().forward(Duration.ofSeconds(6));

    assertThat(processor.pay("k").status()).isEqualTo(201);
  }

  @Test
  void a_forgotten_key_can_be_used_for_something_else() {
    processor.pay("k");
    processor.clock().forward(Duration.ofSeconds(6));

    assertThat(processor.pay("k", "pm_card_declined").status()).isEqualTo(201);
  }

  @Test
  void a_forgotten_key_s_payment_can_still_be_refunded() {
    String payment = processor.pay("k").text("id");
    processor.clock().forward(Duration.ofSeconds(6));

    assertThat(processor.refund("r", payment, 1_000).status()).isEqualTo(201);
    assertThat(processor.refund("s", payment, 1).status()).isEqualTo(422);
  }

  @Test
  void failures_count_as_use() {
    processor.pay("k", "pm_error_twice");
    processor.clock().forward(Duration.ofSeconds(4));
    processor.pay("k", "pm_error_twice");
    processor.pay("k", "pm_error_twice");
    assertThat(processor.find("k").status()).isEqualTo(200);

    processor.clock().forward(Duration.ofSeconds(2));

    assertThat(processor.find("k").status()).isEqualTo(404);
  }
}
