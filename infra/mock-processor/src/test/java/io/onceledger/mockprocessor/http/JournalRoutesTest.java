package io.onceledger.mockprocessor.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class JournalRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void the_journal_has_a_line_for_every_request_with_all_that_was_asked() {
    String payment = processor.pay("k").text("id");
    String refund = processor.refund("r", payment, 300).text("id");

    List<JsonNode> lines = lines("/journal");

    assertThat(lines).hasSize(2);
    JsonNode first = lines.get(0);
    assertThat(first.path("at").textValue()).isEqualTo("2026-03-14T12:00:00.000000Z");
    assertThat(first.path("kind").textValue()).isEqualTo("effect");
    assertThat(first.path("type").textValue()).isEqualTo("payment");
    assertThat(first.path("merchant_account").textValue()).isEqualTo("mer_a");
    assertThat(first.path("idempotency_key").textValue()).isEqualTo("k");
    assertThat(first.path("payment").textValue()).isEqualTo(payment);
    assertThat(first.path("reference").textValue()).isEqualTo("ch_1");
    assertThat(first.path("amount").longValue()).isEqualTo(1_000);
    assertThat(first.path("currency").textValue()).isEqualTo("USD");
    assertThat(first.path("status").textValue()).isEqualTo("approved");
    assertThat(lines.get(1).path("type").textValue()).isEqualTo("refund");
    assertThat(lines.get(1).path("payment").textValue()).isEqualTo(payment);
    assertThat(lines.get(1).path("refund").textValue()).isEqualTo(refund);
  }

  @Test
  void each_line_says_what_came_of_the_request() {
    processor.pay("a");
    processor.pay("a");
    processor.pay("b", "pm_card_declined");
    processor.pay("c", "pm_error_twice");
    processor.pay("d", "pm_rate_limited_once");
    processor.find("a");
    processor.find("x");
    processor.cancel("a");
    processor.cancel("x");

    assertThat(lines("/journal"))
        .extracting(line -> line.path("kind").textValue() + " " + line.path("status").textValue())
        .containsExactly(
            "effect approved",
            "absorbed approved",
            "decline declined",
            "failed failed",
            "refused refused",
            "lookup approved",
            "lookup absent",
            "cancel_refused approved",
            "cancel canceled");
  }

  @Test
  void a_line_has_the_status_that_was_answered_if_any_was() {
    processor.faults("{'hang_ms':1}");
    processor.pay("a");
    processor.pay("a");
    processor.pay("b", "pm_error_after_effect_once");
    processor.sendInVain(processor.payment("c", "pm_lost_ack_once"));
    processor.sendInVain(processor.payment("d", "pm_late_effect"));

    assertThat(lines("/journal"))
        .extracting(line -> line.path("kind").textValue() + " " + line.path("answer"))
        .containsExactly("effect 201", "absorbed 200", "effect 500", "effect ", "held ", "effect ");
  }

  @Test
  void the_journal_can_be_read_for_one_merchant() {
    processor.pay("k");
    processor.send(processor.payment("l", "pm_x").setHeader("Merchant-Account", "mer b"));
    processor.send(processor.effect("/payments", "m", "{"));

    assertThat(lines("/journal?merchant_account=mer+b"))
        .extracting(line -> line.path("idempotency_key").textValue())
        .containsExactly("l");
    assertThat(lines("/journal?merchant_account=nobody")).isEmpty();
    assertThat(lines("/journal")).hasSize(3);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_journal_that_no_buffer_holds_waits_for_a_slow_reader() throws Exception {
    processor.find("k");
    processor.stop();
    String line = Files.readString(processor.journal());
    String journal = line.repeat(20_000_000 / line.length());
    Files.writeString(processor.journal(), journal);
    processor.start();

    try (InputStream slow = processor.open("/journal?merchant_account=mer_a")) {
      // Turns of the event loop, in which all that is not held back would be sent.
      for (int i = 0; i < 500; i++) {
        processor.find("k");
      }

      assertThat(new String(slow.readAllBytes(), UTF_8)).isEqualTo(journal);
    }
  }

  @Test
  void a_day_is_settled_by_its_effects() {
    processor.clock().set(Instant.parse("2026-03-14T23:59:59.999999Z"));
    String payment = processor.pay("k").text("id");
    processor.pay("k");
    processor.pay("d", "pm_card_declined");
    processor.clock().set(Instant.parse("2026-03-15T00:00:00Z"));
    processor.refund("r", payment, 300);
    String other =
        processor
            .send(
                processor.effect(
                    "/payments",
                    "q",
                    "{'amount':33,'currency':'EUR','payment_method':'x','reference':'a,\\'b'}"))
            .text("id");

    assertThat(processor.text("/settlements/2026-03-14"))
        .isEqualTo(
            """
            payment,reference,merchant_account,type,amount,currency,fee,settled_at
            %s,ch_1,mer_a,payment,1000,USD,15,2026-03-14T23:59:59.999999Z
            """
                .formatted(payment));
    assertThat(processor.text("/settlements/2026-03-15"))
        .isEqualTo(
            """
            payment,reference,merchant_account,type,amount,currency,fee,settled_at
            %s,re_1,mer_a,refund,300,USD,0,2026-03-15T00:00:00.000000Z
            %s,"a,""b",mer_a,payment,33,EUR,0,2026-03-15T00:00:00.000000Z
            """
                .formatted(payment, other));
  }

  @Test
  void a_day_without_effects_has_only_the_header() {
    HttpResponse<String> report =
        processor.exchange(processor.request("/settlements/2026-03-13").GET());

    assertThat(report.statusCode()).isEqualTo(200);
    assertThat(report.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(report.body())
        .isEqualTo("payment,reference,merchant_account,type,amount,currency,fee,settled_at\n");
  }

  @Test
  void both_effects_of_a_key_are_settled() {
    processor.pay("k", "pm_error_after_effect_once");
    processor.pay("k", "pm_error_after_effect_once");

    assertThat(processor.text("/settlements/2026-03-14").lines()).hasSize(3);
  }

  @Test
  void what_is_no_day_is_refused() {
    Answer refused = processor.get("/settlements/2026-02-30");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isEqualTo("invalid_date");
  }

  private List<JsonNode> lines(String path) {
    return processor.text(path).lines().map(JournalRoutesTest::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
