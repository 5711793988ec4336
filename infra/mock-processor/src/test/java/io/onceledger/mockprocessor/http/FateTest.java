package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each payment method of fixed fate does, with every rate at zero. */
class FateTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void any_other_payment_method_is_approved() {
    assertThat(processor.pay("k", "pm_whatever").text("status")).isEqualTo("approved");
  }

  @Test
  void insufficient_funds_declines() {
    Answer declined = processor.pay("k", "pm_insufficient_funds");

    assertThat(declined.text("status")).isEqualTo("declined");
    assertThat(declined.text("decline_code")).isEqualTo("insufficient_funds");
  }

  @Test
  void lost_ack_once_acts_and_closes_the_connection_then_absorbs() {
    processor.sendInVain(processor.payment("k", "pm_lost_ack_once"));
    assertThat(processor.effects()).isEqualTo(1);
    String id = processor.find("k").text("id");

    Answer repeat = processor.pay("k", "pm_lost_ack_once");

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.text("id")).isEqualTo(id);
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void error_twice_fails_twice_before_the_effect() {
    assertThat(processor.pay("k", "pm_error_twice").status()).isEqualTo(500);
    assertThat(processor.pay("k", "pm_error_twice").status()).isEqualTo(500);
    assertThat(processor.effects()).isZero();

    assertThat(processor.pay("k", "pm_error_twice").status()).isEqualTo(201);
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void error_after_effect_once_fails_after_the_effect() {
    assertThat(processor.pay("k", "pm_error_after_effect_once").status()).isEqualTo(500);

    assertThat(processor.effects()).isEqualTo(1);
    assertThat(processor.find("k").text("status")).isEqualTo("approved");
  }

  @Test
  void timeout_once_answers_nothing_does_nothing_and_closes_in_the_end() {
    processor.faults("{'hang_ms':20}");

    processor.sendInVain(processor.payment("k", "pm_timeout_once"));

    assertThat(processor.effects()).isZero();
    assertThat(processor.pay("k", "pm_timeout_once").status()).isEqualTo(201);
  }

  @Test
  void late_effect_acts_after_the_hang_and_says_nothing() {
    processor.faults("{'hang_ms':20}");

    processor.sendInVain(processor.payment("k", "pm_late_effect"));

    assertThat(processor.effects()).isEqualTo(1);
    assertThat(processor.summary().path("requests").intValue()).isEqualTo(1);
    assertThat(processor.pay("k", "pm_late_effect").status()).isEqualTo(200);
  }

  @Test
  void the_effect_comes_also_if_the_caller_has_gone() {
    processor.faults("{'hang_ms':1000}");
    CompletableFuture<HttpResponse<String>> held =
        processor.sendAsync(processor.payment("k", "pm_late_effect"));
    processor.awaitSummary(summary -> summary.path("requests").intValue() == 1);

    held.cancel(true);

    processor.awaitSummary(summary -> summary.path("effects").intValue() == 1);
  }

  @Test
  void garbage_once_acts_and_answers_what_cannot_be_read() {
    HttpResponse<String> garbage = processor.exchange(processor.payment("k", "pm_garbage_once"));
    assertThat(garbage.statusCode()).isEqualTo(200);
    assertThat(garbage.body()).isEqualTo("{\"id\":\"pay_");
    assertThat(processor.effects()).isEqualTo(1);

    Answer repeat = processor.pay("k", "pm_garbage_once");

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.text("id")).isEqualTo(processor.find("k").text("id"));
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void rate_limited_once_says_when_to_come_back() {
    Answer limited = processor.pay("k", "pm_rate_limited_once");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.response().headers().firstValue("Retry-After")).contains("1");
    assertThat(processor.effects()).isZero();

    assertThat(processor.pay("k", "pm_rate_limited_once").status()).isEqualTo(201);
  }

  @Test
  void the_first_request_is_counted_for_each_key() {
    assertThat(processor.pay("k1", "pm_rate_limited_once").status()).isEqualTo(429);
    assertThat(processor.pay("k2", "pm_rate_limited_once").status()).isEqualTo(429);
  }
}
