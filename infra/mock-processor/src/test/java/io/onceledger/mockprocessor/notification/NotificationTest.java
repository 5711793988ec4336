package io.onceledger.mockprocessor.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.notification.FakeLedger.Received;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a ledger that is there gets to hear. */
class NotificationTest {
  @RegisterExtension private final FakeLedger ledger = new FakeLedger();

  @RegisterExtension
  private final RunningProcessor processor =
      new RunningProcessor(ledger.variables(), UnaryOperator.identity());

  @Test
  void an_approved_payment_is_told_as_the_journal_has_it() throws Exception {
    String payment = processor.pay("k").text("id");

    Received told = ledger.next();

    assertThat(told.json())
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    RunningProcessor.json(
                        """
                        {'id':'ntf_%1$s_approved','type':'payment.approved',
                         'merchant_account':'mer_a','reference':'ch_1','payment':'%1$s',
                         'amount':1000,'currency':'USD','occurred_at':'2026-03-14T12:00:00.000000Z'}
                        """
                            .formatted(payment))));
    assertThat(told.id()).isEqualTo(told.text("id"));
    assertThat(told.headers()).containsEntry("Content-type", List.of("application/json"));
  }

  @Test
  void a_declined_payment_is_told() {
    String payment = processor.pay("k", "pm_card_declined").text("id");

    Received told = ledger.next();

    assertThat(told.text("type")).isEqualTo("payment.declined");
    assertThat(told.text("payment")).isEqualTo(payment);
  }

  @Test
  void refunds_are_told_with_their_own_reference_and_amount() {
    String payment = processor.pay("k").text("id");
    processor.refund("r", payment, 300);
    processor.faults("{'decline_rate':1}");
    processor.refund("s", payment, 200);

    Map<String, Received> told = byType(3);

    assertThat(told).containsOnlyKeys("payment.approved", "refund.approved", "refund.declined");
    Received refund = told.get("refund.approved");
    assertThat(refund.text("reference")).isEqualTo("re_1");
    assertThat(refund.text("payment")).isEqualTo(payment);
    assertThat(refund.json().path("amount").intValue()).isEqualTo(300);
    assertThat(told.get("refund.declined").json().path("amount").intValue()).isEqualTo(200);
  }

  @Test
  void a_dispute_is_told_when_it_opens_and_when_it_ends() {
    String payment = processor.pay("k").text("id");
    String other = processor.pay("m").text("id");
    String won = processor.dispute("{'payment':'%s','amount':7}".formatted(payment)).text("id");
    String lost = processor.dispute("{'payment':'%s'}".formatted(other)).text("id");
    processor.close(won, "won");
    processor.close(lost, "lost");

    List<Received> told = ledger.next(6);

    assertThat(told).extracting(Received::id).doesNotHaveDuplicates();
    Received victory =
        told.stream().filter(one -> one.text("type").equals("dispute.won")).findAny().orElseThrow();
    assertThat(victory.text("dispute")).isEqualTo(won);
    assertThat(victory.text("payment")).isEqualTo(payment);
    assertThat(victory.text("reference")).isEqualTo("ch_1");
    assertThat(victory.json().path("amount").intValue()).isEqualTo(7);
    assertThat(told)
        .extracting(one -> one.text("type"))
        .containsExactlyInAnyOrder(
            "payment.approved",
            "payment.approved",
            "dispute.opened",
            "dispute.opened",
            "dispute.won",
            "dispute.lost");
  }

  @Test
  void what_moves_no_money_is_not_told() {
    processor.find("x");
    processor.cancel("x");
    processor.pay("x");
    processor.pay("k", "pm_error_twice");
    processor.pay("l");
    processor.pay("l");

    assertThat(ledger.next().text("type")).isEqualTo("payment.approved");
    awaitNothingOutstanding();
    assertThat(ledger.rest()).isEmpty();
  }

  @Test
  void every_effect_of_a_key_that_acts_twice_is_told() {
    processor.pay("k", "pm_error_after_effect_once");
    processor.pay("k", "pm_error_after_effect_once");

    assertThat(ledger.next(2)).extracting(Received::id).doesNotHaveDuplicates();
  }

  @Test
  void the_library_of_the_standard_accepts_the_signature_and_nothing_else() throws Exception {
    processor.clock().set(Instant.now()); // the library's clock cannot be set
    Webhook library = new Webhook(FakeLedger.SECRET);
    processor.pay("k");

    Received told = ledger.next();

    library.verify(told.body(), told.headers());
    assertThatThrownBy(() -> library.verify(told.body() + " ", told.headers()))
        .isInstanceOf(WebhookVerificationException.class);
    Map<String, List<String>> otherId = new HashMap<>(told.headers());
    otherId.put("Webhook-id", List.of("ntf_other"));
    assertThatThrownBy(() -> library.verify(told.body(), otherId))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void with_two_secrets_the_library_accepts_it_by_either() throws Exception {
    String next = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
    Map<String, String> rotating = new HashMap<>(ledger.variables());
    rotating.put("LEDGER_PROCESSOR_WEBHOOK_SECRET", next + "," + FakeLedger.SECRET);
    processor.stop();
    processor.start(rotating);
    processor.clock().set(Instant.now());
    processor.pay("k");

    Received told = ledger.next();

    new Webhook(FakeLedger.SECRET).verify(told.body(), told.headers());
    new Webhook(next).verify(told.body(), told.headers());
  }

  @Test
  void a_duplicate_has_the_id_and_the_bytes_of_the_first() {
    processor.faults("{'notification_duplicate_rate':1}");
    processor.pay("k");

    List<Received> told = ledger.next(2);

    assertThat(told.get(1).id()).isEqualTo(told.get(0).id());
    assertThat(told.get(1).body()).isEqualTo(told.get(0).body());
    awaitNothingOutstanding();
    assertThat(ledger.rest()).isEmpty();
    assertThat(figures().path("duplicated").intValue()).isEqualTo(1);
  }

  @Test
  void one_that_is_held_back_comes_after_later_ones() {
    processor.faults("{'notification_reorder_rate':1,'notification_hold_ms':600000}");
    String first = processor.pay("first").text("id");
    processor.awaitNotifications(figures -> figures.path("held_back").intValue() == 1);
    processor.faults("{'notification_reorder_rate':0}");
    for (int i = 0; i < 4; i++) {
      processor.pay("later-" + i);
    }

    List<Received> told = ledger.next(5);

    assertThat(told.get(0).text("payment")).isNotEqualTo(first);
    assertThat(told).extracting(one -> one.text("payment")).contains(first);
  }

  @Test
  void one_that_is_held_back_comes_by_itself_when_nothing_overtakes_it() {
    processor.faults("{'notification_reorder_rate':1,'notification_hold_ms':1}");
    String payment = processor.pay("k").text("id");

    assertThat(ledger.next().text("payment")).isEqualTo(payment);
    assertThat(figures().path("held_back").intValue()).isEqualTo(1);
  }

  @Test
  void a_rate_of_zero_loses_them() {
    processor.faults("{'notification_rate':0}");
    processor.pay("k");

    processor.awaitNotifications(figures -> figures.path("lost").intValue() == 1);

    processor.faults("{'notification_rate':1}");
    String payment = processor.pay("l").text("id");
    assertThat(ledger.next().text("payment")).isEqualTo(payment);
  }

  private Map<String, Received> byType(int count) {
    Map<String, Received> byType = new HashMap<>();
    ledger.next(count).forEach(told -> byType.put(told.text("type"), told));
    return byType;
  }

  private void awaitNothingOutstanding() {
    processor.awaitNotifications(
        figures ->
            figures.path("outstanding").intValue() == 0
                && figures.path("unread_bytes").intValue() == 0);
  }

  private JsonNode figures() {
    return processor.get("/notifications").body();
  }
}
