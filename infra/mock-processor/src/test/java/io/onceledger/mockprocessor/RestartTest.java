package io.onceledger.mockprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a processor knows after a restart: all that it ever answered. */
class RestartTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void a_key_still_gets_its_payment() throws Exception {
    Answer paid = processor.pay("k");

    restart();

    assertThat(processor.find("k").text("id")).isEqualTo(paid.text("id"));
    assertThat(processor.pay("k").body()).isEqualTo(paid.body());
    assertThat(processor.cancel("k").status()).isEqualTo(409);
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void a_tombstone_still_stands() throws Exception {
    processor.cancel("k");

    restart();

    assertThat(processor.pay("k").status()).isEqualTo(410);
  }

  @Test
  void a_pinned_failure_is_still_the_answer() throws Exception {
    processor.faults("{'caches':'all'}");
    processor.pay("before", "pm_error_twice");
    processor.pay("after", "pm_error_after_effect_once");

    restart();

    assertThat(processor.pay("before", "pm_error_twice").status()).isEqualTo(500);
    assertThat(processor.pay("after", "pm_error_after_effect_once").status()).isEqualTo(500);
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void a_failure_that_was_not_pinned_still_lets_a_resend_act_twice() throws Exception {
    processor.pay("k", "pm_error_after_effect_once");

    restart();

    assertThat(processor.pay("k", "pm_error_after_effect_once").status()).isEqualTo(201);
    assertThat(processor.summary().path("double_effects").intValue()).isEqualTo(1);
  }

  @Test
  void attempts_are_still_counted() throws Exception {
    processor.pay("k", "pm_error_twice");

    restart();

    assertThat(processor.pay("k", "pm_error_twice").status()).isEqualTo(500);
    assertThat(processor.pay("k", "pm_error_twice").status()).isEqualTo(201);
  }

  @Test
  void a_payment_has_left_what_its_refunds_left() throws Exception {
    String payment = processor.pay("k").text("id");
    processor.refund("r", payment, 600);

    restart();

    assertThat(processor.refund("s", payment, 401).status()).isEqualTo(422);
    assertThat(processor.refund("s", payment, 400).status()).isEqualTo(201);
  }

  @Test
  void a_dispute_is_still_open_or_ended() throws Exception {
    String payment = processor.pay("k").text("id");
    String open = processor.dispute("{'payment':'%s'}".formatted(payment)).text("id");

    restart();

    assertThat(processor.dispute("{'payment':'%s'}".formatted(payment)).error())
        .isEqualTo("already_disputed");
    Answer won = processor.close(open, "won");
    assertThat(won.status()).isEqualTo(200);
    assertThat(won.text("payment")).isEqualTo(payment);
    restart();
    assertThat(processor.close(open, "won").body()).isEqualTo(won.body());
    assertThat(processor.close(open, "lost").status()).isEqualTo(409);
  }

  @Test
  void new_ids_follow_the_old_ones() throws Exception {
    String before = processor.pay("a").text("id");

    restart();

    assertThat(processor.pay("b").text("id")).isNotEqualTo(before);
  }

  @Test
  void the_summary_is_the_same_to_the_last_figure() throws Exception {
    processor.faults("{'hang_ms':1}");
    String payment = processor.pay("a").text("id");
    processor.pay("a");
    processor.pay("b", "pm_card_declined");
    processor.sendInVain(processor.payment("c", "pm_late_effect"));
    processor.pay("e", "pm_error_after_effect_once");
    processor.pay("e", "pm_error_after_effect_once");
    processor.refund("r", payment, 10);
    processor.dispute("{'payment':'%s'}".formatted(payment));
    processor.find("a");
    processor.cancel("a");
    processor.cancel("x");
    processor.cancel("x");
    processor.send(processor.effect("/payments", "y", "{"));
    JsonNode before = processor.summary();

    restart();

    assertThat(processor.summary()).isEqualTo(before);
    assertThat(before.path("requests").intValue()).isEqualTo(8);
  }

  @Test
  void a_key_is_forgotten_when_its_time_has_passed_across_the_restart() throws Exception {
    processor.pay("k");
    processor.clock().forward(Duration.ofHours(23));
    restart();
    assertThat(processor.pay("k").status()).isEqualTo(200);

    processor.clock().forward(Duration.ofHours(1));

    assertThat(processor.pay("k").status()).isEqualTo(201);
  }

  @Test
  void a_shorter_retention_before_the_restart_leaves_the_last_result() throws Exception {
    processor.faults("{'key_retention_seconds':6}");
    processor.cancel("k");
    processor.clock().forward(Duration.ofSeconds(7));
    String payment = processor.pay("k").text("id");

    restart();

    assertThat(processor.pay("k").text("id")).isEqualTo(payment);
    assertThat(processor.effects()).isEqualTo(1);
  }

  @Test
  void a_torn_last_line_is_as_if_it_had_never_been() throws Exception {
    Answer paid = processor.pay("whole");
    processor.pay("torn");
    processor.stop();
    byte[] journal = Files.readAllBytes(processor.journal());
    Files.write(
        processor.journal(),
        java.util.Arrays.copyOf(journal, journal.length - 20),
        StandardOpenOption.TRUNCATE_EXISTING);

    processor.start();

    assertThat(processor.pay("whole").body()).isEqualTo(paid.body());
    assertThat(processor.find("torn").status()).isEqualTo(404);
    assertThat(processor.pay("torn").status()).isEqualTo(201);
    restart();
    assertThat(processor.effects()).isEqualTo(2);
  }

  private void restart() throws StartFailure {
    processor.stop();
    processor.start();
  }
}
