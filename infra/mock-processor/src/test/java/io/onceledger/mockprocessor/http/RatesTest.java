package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each rate does, at one. */
class RatesTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void decline_rate_declines() {
    processor.faults("{'decline_rate':1}");

    Answer declined = processor.pay("k");

    assertThat(declined.text("status")).isEqualTo("declined");
    assertThat(declined.text("decline_code")).isEqualTo("card_declined");
    assertThat(processor.effects()).isZero();
  }

  @Test
  void error_before_effect_rate_fails_without_effect() {
    processor.faults("{'error_before_effect_rate':1}");

    assertThat(processor.pay("k").status()).isEqualTo(500);
    assertThat(processor.effects()).isZero();
    processor.faults("{'error_before_effect_rate':0}");
    assertThat(processor.pay("k").status()).isEqualTo(201);
  }

  @Test
  void error_after_effect_rate_fails_with_an_effect() {
    processor.faults("{'error_after_effect_rate':1}");

    assertThat(processor.pay("k").status()).isEqualTo(500);
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void lost_ack_rate_acts_and_closes() {
    processor.faults("{'lost_ack_rate':1}");

    processor.sendInVain(processor.payment("k", "pm_card_visa"));

    assertThat(processor.effects()).isEqualTo(1);
    processor.faults("{'lost_ack_rate':0}");
    assertThat(processor.pay("k").status()).isEqualTo(200);
  }

  @Test
  void lost_ack_rate_hits_declines_too() {
    processor.faults("{'lost_ack_rate':1}");

    processor.sendInVain(processor.payment("k", "pm_card_declined"));

    assertThat(processor.find("k").text("status")).isEqualTo("declined");
  }

  @Test
  void drop_rate_closes_without_effect() {
    processor.faults("{'drop_rate':1}");

    processor.sendInVain(processor.payment("k", "pm_card_visa"));

    assertThat(processor.effects()).isZero();
    assertThat(processor.find("k").status()).isEqualTo(404);
  }

  @Test
  void hang_rate_acts_when_the_caller_has_given_up() {
    processor.faults("{'hang_rate':1,'hang_ms':20}");

    processor.sendInVain(processor.payment("k", "pm_card_visa"));

    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void rate_limit_rate_refuses() {
    processor.faults("{'rate_limit_rate':1}");

    Answer limited = processor.pay("k");

    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.error()).isEqualTo("rate_limited");
    assertThat(processor.effects()).isZero();
  }

  @Test
  void garbage_rate_acts_and_cannot_be_read() {
    processor.faults("{'garbage_rate':1}");

    HttpResponse<String> garbage = processor.exchange(processor.payment("k", "pm_card_visa"));

    assertThat(garbage.statusCode()).isEqualTo(200);
    assertThat(garbage.body()).doesNotContain("}");
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void latency_delays_the_answer() {
    processor.faults("{'latency_ms':120}");
    long start = System.nanoTime();

    assertThat(processor.pay("k").status()).isEqualTo(201);

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(120_000_000);
  }

  @Test
  void the_same_seed_gives_the_same_answers_to_the_same_requests() {
    processor.faults("{'seed':11,'error_before_effect_rate':0.4,'decline_rate':0.4}");
    List<Integer> first = statuses("a");
    processor.faults("{'seed':11}");
    List<Integer> second = statuses("b");

    assertThat(second).isEqualTo(first);
    assertThat(first).contains(201, 500);
  }

  @Test
  void the_complete_state_is_answered() {
    JsonNode before = processor.get("/faults").body();
    assertThat(before.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "decline_rate",
            "error_before_effect_rate",
            "error_after_effect_rate",
            "lost_ack_rate",
            "drop_rate",
            "hang_rate",
            "rate_limit_rate",
            "garbage_rate",
            "latency_ms",
            "latency_jitter_ms",
            "notification_rate",
            "notification_duplicate_rate",
            "notification_reorder_rate",
            "notification_hold_ms",
            "key_retention_seconds",
            "caches",
            "lookup_lag_ms",
            "cancel_supported",
            "lookup_supported",
            "hang_ms",
            "seed");
    assertThat(before.path("hang_ms").intValue()).isEqualTo(15_000);
    assertThat(before.path("key_retention_seconds").toString()).isEqualTo("86400");

    Answer put =
        processor.send(
            processor.request("/faults").PUT(BodyPublishers.ofString("{\"drop_rate\":0.25}")));

    assertThat(put.body().path("drop_rate").doubleValue()).isEqualTo(0.25);
    assertThat(put.body().size()).isEqualTo(before.size());
    assertThat(processor.get("/faults").body()).isEqualTo(put.body());
  }

  @Test
  void a_wrong_member_is_refused_by_name_and_changes_nothing() {
    JsonNode before = processor.get("/faults").body();

    Answer refused =
        processor.send(
            processor
                .request("/faults")
                .PUT(BodyPublishers.ofString("{\"drop_rate\":1,\"hang_rate\":2}")));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("error").path("message").textValue()).contains("hang_rate");
    assertThat(processor.get("/faults").body()).isEqualTo(before);
  }

  private List<Integer> statuses(String prefix) {
    return IntStream.range(0, 30).mapToObj(i -> processor.pay(prefix + i).status()).toList();
  }
}
