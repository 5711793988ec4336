package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LookupTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void look_up_shows_the_payment_with_its_key() {
    Answer paid = processor.pay("k");
    Answer found = processor.find("k");

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.body().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "status",
            "amount",
            "currency",
            "reference",
            "merchant_account",
            "idempotency_key");
    assertThat(found.text("id")).isEqualTo(paid.text("id"));
    assertThat(found.text("merchant_account")).isEqualTo(RunningProcessor.MERCHANT);
    assertThat(found.text("idempotency_key")).isEqualTo("k");
  }

  @Test
  void an_unknown_key_is_404_with_a_json_body() {
    Answer absent = processor.find("k");

    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.error()).isEqualTo("not_found");
    assertThat(processor.summary().path("lookups").intValue()).isEqualTo(1);
  }

  @Test
  void a_payment_is_not_found_among_refunds() {
    processor.pay("k");

    assertThat(processor.find("/refunds", "k").status()).isEqualTo(404);
  }

  @Test
  void a_processor_that_cannot_be_asked_says_405() {
    processor.pay("k");
    processor.faults("{'lookup_supported':false}");

    Answer refused = processor.find("k");

    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.error()).isEqualTo("lookup_not_supported");
  }

  @Test
  void an_effect_is_visible_only_after_the_lag() {
    processor.faults("{'lookup_lag_ms':2000}");
    processor.pay("k");

    processor.clock().forward(Duration.ofMillis(1_999));
    assertThat(processor.find("k").status()).isEqualTo(404);
    processor.clock().forward(Duration.ofMillis(1));
    assertThat(processor.find("k").status()).isEqualTo(200);
  }

  @Test
  void of_two_effects_under_a_key_the_lag_hides_only_the_new_one() {
    processor.faults("{'lookup_lag_ms':2000}");
    assertThat(processor.pay("k", "pm_error_after_effect_once").status()).isEqualTo(500);
    processor.clock().forward(Duration.ofSeconds(3));
    String first = processor.find("k").text("id");
    String second = processor.pay("k", "pm_error_after_effect_once").text("id");

    assertThat(first).isNotEqualTo(second);
    assertThat(processor.find("k").text("id")).isEqualTo(first);
    processor.clock().forward(Duration.ofSeconds(2));
    assertThat(processor.find("k").text("id")).isEqualTo(second);
  }

  @Test
  void a_query_without_key_or_merchant_is_refused() {
    assertThat(processor.get("/payments").status()).isEqualTo(400);
    assertThat(processor.get("/payments?merchant_account=m").status()).isEqualTo(400);
    assertThat(processor.get("/payments?idempotency_key=k").status()).isEqualTo(400);
  }
}
