package io.onceledger.mockprocessor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.RunningProcessor.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisputeTest {
  @RegisterExtension private final RunningProcessor processor = new RunningProcessor();

  @Test
  void a_dispute_is_about_the_whole_payment_unless_it_says_how_much() {
    String one = processor.pay("a").text("id");
    String other = processor.pay("b").text("id");

    Answer whole = processor.dispute("{'payment':'%s'}".formatted(one));
    Answer part = processor.dispute("{'payment':'%s','amount':1}".formatted(other));

    assertThat(whole.status()).isEqualTo(201);
    assertThat(whole.text("id")).startsWith("dp_");
    assertThat(whole.text("status")).isEqualTo("open");
    assertThat(whole.text("payment")).isEqualTo(one);
    assertThat(whole.text("reference")).isEqualTo("ch_1");
    assertThat(whole.text("merchant_account")).isEqualTo("mer_a");
    assertThat(whole.body().path("amount").longValue()).isEqualTo(1000);
    assertThat(part.body().path("amount").longValue()).isEqualTo(1);
    assertThat(part.text("id")).isNotEqualTo(whole.text("id"));
  }

  @Test
  void a_dispute_moves_money_and_leaves_the_figures_of_payments_alone() {
    String payment = processor.pay("a").text("id");
    processor.dispute("{'payment':'%s'}".formatted(payment));

    JsonNode summary = processor.summary();
    assertThat(summary.path("disputes").intValue()).isEqualTo(1);
    assertThat(summary.path("requests").intValue()).isEqualTo(1);
    assertThat(summary.path("effects").intValue()).isEqualTo(1);
    assertThat(summary.path("max_effects_per_key").intValue()).isEqualTo(1);
    assertThat(processor.pay("a").status()).isEqualTo(200);
    assertThat(processor.find("a").text("id")).isEqualTo(payment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"won", "lost"})
  void a_dispute_ends_once_however_often_it_is_ended_the_same_way(String verdict) throws Exception {
    String dispute = opened();

    Answer first = processor.close(dispute, verdict);
    Answer second = processor.close(dispute, verdict);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.text("status")).isEqualTo(verdict);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(kinds()).containsExactly("effect", "dispute_opened", "dispute_" + verdict);
  }

  @Test
  void a_verdict_is_not_turned_round() {
    String dispute = opened();
    processor.close(dispute, "lost");

    Answer refused = processor.close(dispute, "won");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.error()).isEqualTo("dispute_closed");
  }

  @Test
  void a_payment_is_disputed_once() {
    String payment = processor.pay("a").text("id");
    String dispute = processor.dispute("{'payment':'%s','amount':1}".formatted(payment)).text("id");
    processor.close(dispute, "won");

    Answer again = processor.dispute("{'payment':'%s','amount':1}".formatted(payment));

    assertThat(again.status()).isEqualTo(422);
    assertThat(again.error()).isEqualTo("already_disputed");
  }

  @Test
  void what_took_no_money_cannot_be_disputed() {
    String declined = processor.pay("a", "pm_card_declined").text("id");

    assertThat(processor.dispute("{'payment':'%s'}".formatted(declined)).error())
        .isEqualTo("unknown_payment");
    assertThat(processor.dispute("{'payment':'pay_1'}").error()).isEqualTo("unknown_payment");
  }

  @Test
  void no_more_than_the_payment_can_be_disputed() {
    String payment = processor.pay("a").text("id");

    Answer refused = processor.dispute("{'payment':'%s','amount':1001}".formatted(payment));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.error()).isEqualTo("dispute_exceeds_payment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'payment':1}",
        "{'payment':'ref_1'}",
        "{'payment':'pay_1','amount':0}",
        "{'payment':'pay_1','amount':-1}",
        "{'payment':'pay_1','amount':1.5}",
        "{'payment':'pay_1','amount':'1'}",
        "{'payment':'pay_1','amount':99999999999999999999}",
      })
  void what_is_no_dispute_is_refused(String body) {
    assertThat(processor.dispute(body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"dp_1/won", "x/won", "/won", "dp_1", "dp_1/won/lost", "dp_1/open"})
  void an_unknown_dispute_is_not_found(String path) {
    String[] parts = path.split("/", 2);

    assertThat(processor.close(parts[0], parts.length == 2 ? parts[1] : "").status())
        .isEqualTo(404);
  }

  @Test
  void a_dispute_is_settled_the_day_it_opens_and_again_the_day_it_is_won() {
    String won = opened();
    String lost = opened();
    processor.clock().forward(java.time.Duration.ofDays(1));
    processor.close(won, "won");
    processor.close(lost, "lost");

    assertThat(settled("2026-03-14"))
        .containsExactly(
            "payment,1000,USD,15",
            "dispute,1000,USD,0",
            "payment,1000,USD,15",
            "dispute,1000,USD,0");
    assertThat(settled("2026-03-15")).containsExactly("dispute_reversal,1000,USD,0");
  }

  private String opened() {
    String payment = processor.pay("k" + System.nanoTime()).text("id");
    return processor.dispute("{'payment':'%s'}".formatted(payment)).text("id");
  }

  private List<String> kinds() throws Exception {
    ObjectMapper json = new ObjectMapper();
    return processor
        .text("/journal")
        .lines()
        .map(
            line -> {
              try {
                return json.readTree(line).path("kind").textValue();
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  /** Type, amount, currency and fee of a day's lines. */
  private List<String> settled(String day) {
    return processor
        .text("/settlements/" + day)
        .lines()
        .skip(1)
        .map(line -> line.replaceAll("^pay_[^,]+,ch_1,mer_a,|,[^,]+$", ""))
        .toList();
  }
}
