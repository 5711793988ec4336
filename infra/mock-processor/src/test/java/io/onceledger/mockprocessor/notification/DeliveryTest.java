package io.onceledger.mockprocessor.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.onceledger.mockprocessor.RunningProcessor;
import io.onceledger.mockprocessor.Settings;
import io.onceledger.mockprocessor.notification.FakeLedger.Received;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of notifications when the ledger does not take them, or either side stops. */
class DeliveryTest {
  private static final int TRIES = 6;

  @RegisterExtension private final FakeLedger ledger = new FakeLedger();

  @RegisterExtension
  private final RunningProcessor processor =
      new RunningProcessor(ledger.variables(), DeliveryTest::retryingAtOnce);

  @Test
  void what_is_not_answered_with_a_2xx_is_sent_again_as_it_was() {
    ledger.answersInTurn(500, 404, FakeLedger.HANGS_UP, 302, 204);
    processor.pay("k");

    List<Received> told = ledger.next(5);

    assertThat(told).extracting(Received::id).containsOnly(told.get(0).id());
    assertThat(told).extracting(Received::body).containsOnly(told.get(0).body());
    awaitNothingOutstanding();
    assertThat(figures().path("failed_tries").intValue()).isEqualTo(4);
    assertThat(figures().path("delivered").intValue()).isEqualTo(1);
    assertThat(ledger.rest()).isEmpty();
  }

  @Test
  void one_that_nobody_takes_is_given_up() {
    ledger.answers(404);
    processor.pay("k");

    ledger.next(TRIES);

    processor.awaitNotifications(figures -> figures.path("given_up").intValue() == 1);
    awaitNothingOutstanding();
    assertThat(ledger.rest()).isEmpty();
    ledger.answers(200);
    String payment = processor.pay("l").text("id");
    assertThat(ledger.next().text("payment")).isEqualTo(payment);
  }

  @Test
  void a_ledger_that_never_answers_holds_up_no_payment() {
    ledger.hangs();

    for (int i = 0; i < 50; i++) {
      assertThat(processor.pay("k" + i).status()).isEqualTo(201);
    }
  }

  @Test
  void after_a_restart_it_goes_on_where_it_stopped() throws Exception {
    String told = processor.pay("told").text("id");
    assertThat(ledger.next().text("payment")).isEqualTo(told);
    awaitNothingOutstanding();
    ledger.hangs();
    String untold = processor.pay("untold").text("id");
    processor.awaitNotifications(figures -> figures.path("outstanding").intValue() == 1);

    processor.stop();
    ledger.answers(200);
    processor.start();

    processor.awaitNotifications(figures -> figures.path("delivered").intValue() == 1);
    awaitNothingOutstanding();
    assertThat(ledger.rest()).extracting(one -> one.text("payment")).containsOnly(untold);
  }

  @Test
  void what_was_told_before_the_restart_is_not_told_again() throws Exception {
    processor.pay("k");
    ledger.next();
    awaitNothingOutstanding();

    processor.stop();
    processor.start();

    String next = processor.pay("l").text("id");
    assertThat(ledger.next().text("payment")).isEqualTo(next);
  }

  @Test
  void one_who_is_told_where_to_notify_begins_with_what_happens_from_then_on() throws Exception {
    processor.stop();
    java.nio.file.Files.delete(processor.journal().resolveSibling("journal.notified"));
    processor.start(Map.of());
    processor.pay("before");
    assertThat(figures().path("enabled").booleanValue()).isFalse();
    processor.stop();

    processor.start();

    String after = processor.pay("after").text("id");
    assertThat(ledger.next().text("payment")).isEqualTo(after);
  }

  @Test
  void a_backlog_waits_on_disk_and_comes_whole() throws Exception {
    ledger.hangs();
    Set<String> paid = new HashSet<>();
    for (int i = 0; i < 1_500; i++) {
      paid.add(processor.pay("k" + i).text("id"));
    }
    assertThat(figures().path("outstanding").intValue()).isBetween(1, 1_100);
    assertThat(figures().path("unread_bytes").intValue()).isPositive();
    processor.stop();
    ledger.answers(200);

    processor.start();

    Set<String> told = new HashSet<>();
    while (!told.equals(paid)) {
      told.add(ledger.next().text("payment"));
    }
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

  private static Settings retryingAtOnce(Settings settings) {
    return new Settings(
        settings.host(),
        settings.port(),
        settings.data(),
        settings.faults(),
        settings
            .notifications()
            .map(to -> new NotificationSettings(to.url(), to.signer(), new Retries(TRIES, 1, 1))));
  }
}
