package io.onceledger.core.inbox;

import static io.onceledger.core.inbox.NotificationType.DISPUTE_LOST;
import static io.onceledger.core.inbox.NotificationType.DISPUTE_OPENED;
import static io.onceledger.core.inbox.NotificationType.DISPUTE_WON;
import static io.onceledger.core.inbox.NotificationType.PAYMENT_APPROVED;
import static io.onceledger.core.inbox.NotificationType.PAYMENT_DECLINED;
import static io.onceledger.core.inbox.NotificationType.REFUND_APPROVED;
import static io.onceledger.core.inbox.NotificationType.REFUND_DECLINED;
import static io.onceledger.core.testing.TestNotifications.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.review.Decision;
import io.onceledger.core.review.ReviewDecisions;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestNotifications;
import io.onceledger.core.testing.TestRefunds;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxTest {

  private static final UUID OPERATOR = UUID.randomUUID();

  private LedgerDatabase database;
  private TestWorker worker;
  private Inbox inbox;
  private Resource charge;

  @BeforeEach
  void a_charge() throws SQLException {
    database = LedgerDatabase.create();
    worker = new TestWorker(database);
    inbox = new Inbox(database.writer());
    TestCharges.accept(database, TestCharges.merchant(database), 1);
    charge =
        Resource.charge(
            UUID.fromString(database.column("SELECT merchant_id FROM charge").get(0)),
            UUID.fromString(database.column("SELECT id FROM charge").get(0)));
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // before, told, finding, status after, entries, open reviews
    "PENDING, PAYMENT_APPROVED, APPLIED, SUCCEEDED, 2, 0",
    "SENDING, PAYMENT_APPROVED, APPLIED, SUCCEEDED, 2, 0",
    "UNKNOWN, PAYMENT_APPROVED, APPLIED, SUCCEEDED, 2, 0",
    "NEEDS_REVIEW, PAYMENT_APPROVED, APPLIED, SUCCEEDED, 2, 0",
    "SUCCEEDED, PAYMENT_APPROVED, KNOWN, SUCCEEDED, 2, 0",
    "DECLINED, PAYMENT_APPROVED, MISMATCH, DECLINED, 0, 1",
    "CANCELED, PAYMENT_APPROVED, MISMATCH, CANCELED, 0, 1",
    "PENDING, PAYMENT_DECLINED, APPLIED, DECLINED, 0, 0",
    "SENDING, PAYMENT_DECLINED, APPLIED, DECLINED, 0, 0",
    "UNKNOWN, PAYMENT_DECLINED, APPLIED, DECLINED, 0, 0",
    "NEEDS_REVIEW, PAYMENT_DECLINED, APPLIED, DECLINED, 0, 0",
    "SUCCEEDED, PAYMENT_DECLINED, MISMATCH, SUCCEEDED, 2, 1",
    "DECLINED, PAYMENT_DECLINED, KNOWN, DECLINED, 0, 0",
    "CANCELED, PAYMENT_DECLINED, MISMATCH, CANCELED, 0, 1",
    "PENDING, DISPUTE_OPENED, WAITING, PENDING, 0, 0",
    "SENDING, DISPUTE_OPENED, WAITING, PENDING, 0, 0",
    "UNKNOWN, DISPUTE_OPENED, WAITING, UNKNOWN, 0, 0",
    "NEEDS_REVIEW, DISPUTE_OPENED, WAITING, NEEDS_REVIEW, 0, 1",
    "SUCCEEDED, DISPUTE_OPENED, APPLIED, SUCCEEDED, 3, 0",
    "DECLINED, DISPUTE_OPENED, MISMATCH, DECLINED, 0, 1",
    "CANCELED, DISPUTE_OPENED, MISMATCH, CANCELED, 0, 1",
    "UNKNOWN, DISPUTE_WON, WAITING, UNKNOWN, 0, 0",
    "SUCCEEDED, DISPUTE_WON, WAITING, SUCCEEDED, 2, 0",
    "SUCCEEDED, DISPUTE_LOST, WAITING, SUCCEEDED, 2, 0",
    "DECLINED, DISPUTE_LOST, MISMATCH, DECLINED, 0, 1"
  })
  void what_is_told_of_a_charge_has_its_effect_once(
      String before,
      NotificationType told,
      Finding finding,
      Status after,
      long entries,
      long reviews)
      throws SQLException {
    bring(before);
    Notification notification = TestNotifications.of(told, charge, 10_000);

    assertThat(inbox.take(notification)).isEqualTo(finding);

    assertThat(status()).isEqualTo(after.text());
    assertThat(entries()).isEqualTo(entries);
    assertThat(openReviews()).isEqualTo(reviews);
    assertThat(messages()).isEqualTo(after.isFinal() ? 0 : 1);
    assertThat(database.column("SELECT finding FROM inbox_message"))
        .containsExactly(finding.text());
    Books books = books();
    assertThat(inbox.take(notification)).isEqualTo(Finding.SEEN);
    assertThat(books()).isEqualTo(books);
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN, PAYMENT_APPROVED, 9999, USD, pay_worker, UNKNOWN",
    "UNKNOWN, PAYMENT_APPROVED, 10000, EUR, pay_worker, UNKNOWN",
    "UNKNOWN, PAYMENT_DECLINED, 10001, USD, pay_worker, UNKNOWN",
    "SUCCEEDED, PAYMENT_APPROVED, 10000, USD, pay_other, SUCCEEDED",
    "SUCCEEDED, PAYMENT_APPROVED, 9999, USD, pay_worker, SUCCEEDED",
    "SUCCEEDED, DISPUTE_OPENED, 10001, USD, pay_worker, SUCCEEDED",
    "SUCCEEDED, DISPUTE_OPENED, 10000, EUR, pay_worker, SUCCEEDED",
    "SUCCEEDED, DISPUTE_OPENED, 10000, USD, pay_other, SUCCEEDED",
    "UNKNOWN, DISPUTE_OPENED, 10001, USD, pay_worker, UNKNOWN"
  })
  void what_differs_from_what_we_know_changes_nothing_and_asks_a_person(
      String before,
      NotificationType told,
      long amount,
      String currency,
      String payment,
      Status after)
      throws SQLException {
    bring(before);
    long entries = entries();

    assertThat(
            inbox.take(
                TestNotifications.of(
                    told, charge, amount, currency, payment, told.isDispute() ? "dp_1" : null)))
        .isEqualTo(Finding.MISMATCH);

    assertThat(status()).isEqualTo(after.text());
    assertThat(entries()).isEqualTo(entries);
    assertThat(database.column("SELECT detail FROM inbox_message"))
        .isEqualTo(database.column("SELECT reason FROM review WHERE resolved_at IS NULL"))
        .singleElement()
        .asString()
        .startsWith("the processor says " + told.text());
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, REFUND_APPROVED, APPLIED, SUCCEEDED",
    "SENDING, REFUND_APPROVED, APPLIED, SUCCEEDED",
    "UNKNOWN, REFUND_APPROVED, APPLIED, SUCCEEDED",
    "NEEDS_REVIEW, REFUND_APPROVED, APPLIED, SUCCEEDED",
    "SUCCEEDED, REFUND_APPROVED, KNOWN, SUCCEEDED",
    "DECLINED, REFUND_APPROVED, MISMATCH, DECLINED",
    "PENDING, REFUND_DECLINED, APPLIED, DECLINED",
    "SENDING, REFUND_DECLINED, APPLIED, DECLINED",
    "NEEDS_REVIEW, REFUND_DECLINED, APPLIED, DECLINED",
    "SUCCEEDED, REFUND_DECLINED, MISMATCH, SUCCEEDED",
    "DECLINED, REFUND_DECLINED, KNOWN, DECLINED"
  })
  void what_is_told_of_a_refund_has_its_effect_once(
      String before, NotificationType told, Finding finding, Status after) throws SQLException {
    bring("SUCCEEDED");
    Resource refund = TestRefunds.accept(database, charge, "refund-1", 4_000L);
    bring(before, refund);
    Notification notification = TestNotifications.of(told, refund, 4_000);

    assertThat(inbox.take(notification)).isEqualTo(finding);
    assertThat(inbox.take(notification)).isEqualTo(Finding.SEEN);

    assertThat(database.column("SELECT status FROM refund")).containsExactly(after.text());
    assertThat(database.number("SELECT count(*) FROM ledger_entry WHERE kind = 'refund'"))
        .isEqualTo(after == Status.SUCCEEDED ? 1 : 0);
    assertThat(openReviews()).isEqualTo(finding == Finding.MISMATCH ? 1 : 0);
    assertThat(messages()).isZero();
  }

  @Test
  void a_refund_of_another_amount_or_payment_is_not_ours() throws SQLException {
    bring("SUCCEEDED");
    Resource refund = TestRefunds.accept(database, charge, "refund-1", 4_000L);

    assertThat(inbox.take(TestNotifications.of(REFUND_APPROVED, refund, 4_001)))
        .isEqualTo(Finding.MISMATCH);
    assertThat(
            inbox.take(
                TestNotifications.of(REFUND_DECLINED, refund, 4_000, "USD", "pay_other", null)))
        .isEqualTo(Finding.MISMATCH);

    assertThat(database.column("SELECT status FROM refund")).containsExactly("pending");
  }

  @Test
  void what_names_nothing_of_ours_is_kept_and_touches_nothing() throws SQLException {
    UUID other = TestCharges.merchant(database).id();
    Notification ours = TestNotifications.of(PAYMENT_APPROVED, charge, 10_000);
    List<Notification> strange =
        List.of(
            TestNotifications.of(PAYMENT_APPROVED, Resource.charge(other, charge.charge()), 10_000),
            with(ours, "ntf_1", "acct_1", ours.reference()),
            with(ours, "ntf_2", ours.merchantAccount(), "ch_1"),
            with(ours, "ntf_3", ours.merchantAccount(), PublicId.REFUND.text(charge.charge())),
            TestNotifications.of(
                PAYMENT_DECLINED, Resource.charge(charge.merchant(), PublicId.next()), 10_000),
            TestNotifications.of(
                REFUND_APPROVED,
                Resource.refund(charge.merchant(), charge.charge(), PublicId.next()),
                10_000));

    for (Notification notification : strange) {
      assertThat(inbox.take(notification)).as("%s", notification).isEqualTo(Finding.MISMATCH);
      assertThat(inbox.take(notification)).isEqualTo(Finding.SEEN);
    }

    assertThat(status()).isEqualTo("pending");
    assertThat(openReviews()).isZero();
    assertThat(database.number("SELECT count(*) FROM inbox_message WHERE charge_id IS NULL"))
        .isEqualTo(strange.size());
  }

  @Test
  void a_notification_that_overtakes_the_answer_leaves_the_worker_nothing_to_write()
      throws SQLException {
    Claim sending = worker.claim();

    inbox.take(TestNotifications.of(PAYMENT_APPROVED, charge, 10_000));
    Books notified = books();

    assertThat(worker.approve(sending)).isEqualTo(Recorded.STALE);
    assertThat(books()).isEqualTo(notified);
    assertThat(database.column("SELECT n || ' ' || call || ' ' || outcome FROM attempt"))
        .as("the send that nobody records any more")
        .containsExactly("1 send ambiguous");
  }

  @Test
  void whichever_comes_first_the_books_are_the_same() throws SQLException {
    Claim sending = worker.claim();
    worker.approve(sending);
    Books worked = books();
    inbox.take(TestNotifications.of(PAYMENT_APPROVED, charge, 10_000));
    assertThat(books()).isEqualTo(worked);

    a_charge();
    inbox.take(TestNotifications.of(PAYMENT_APPROVED, charge, 10_000));
    assertThat(books()).isEqualTo(worked);
  }

  @Test
  void a_review_is_closed_by_what_the_processor_says() throws SQLException {
    bring("NEEDS_REVIEW");

    inbox.take(TestNotifications.of(PAYMENT_DECLINED, charge, 10_000));

    assertThat(database.column("SELECT note FROM review"))
        .containsExactly("found out by notification");
  }

  @ParameterizedTest
  @CsvSource({
    "opened, opened, 1",
    "opened won, won, 2",
    "won opened, won, 2",
    "opened lost, lost, 1",
    "lost opened, lost, 1",
    "won, waiting, 0"
  })
  void a_dispute_ends_the_same_in_whatever_order_it_is_told(
      String told, String status, long entries) throws SQLException {
    for (String when : List.of("before the charge has succeeded", "after", "around")) {
      a_charge();
      if (when.equals("after")) {
        bring("SUCCEEDED");
      }
      for (String part : told.split(" ", -1)) {
        NotificationType type = NotificationType.parse("dispute." + part).orElseThrow();
        inbox.take(TestNotifications.of(type, charge, 2_500));
        if (when.equals("around") && status().equals("pending")) {
          bring("SUCCEEDED");
        }
      }
      if (!status().equals("succeeded")) {
        assertThat(entries()).isZero();
        bring("SUCCEEDED");
      }

      assertThat(database.column("SELECT status FROM dispute")).as(when).containsExactly(status);
      assertThat(database.number("SELECT count(*) FROM ledger_entry WHERE kind LIKE 'dispute%'"))
          .as(when)
          .isEqualTo(entries);
      List<String> events =
          database.column("SELECT type FROM event WHERE type LIKE 'dispute%' ORDER BY sequence");
      assertThat(events)
          .as(when)
          .isEqualTo(
              switch (status) {
                case "waiting" -> List.of();
                case "opened" -> List.of("dispute.opened");
                default -> List.of("dispute.opened", "dispute." + status);
              });
      the_books_are_right();
    }
  }

  @Test
  void an_event_of_a_dispute_shows_its_charge_as_it_is() throws SQLException {
    bring("SUCCEEDED");

    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 2_500));

    assertThat(
            database.column(
                "SELECT type || ' ' || sequence || ' ' || status || ' ' || processor_payment"
                    + " FROM event WHERE refund_id IS NULL ORDER BY sequence"))
        .containsExactly(
            "charge.succeeded 1 succeeded " + PAYMENT, "dispute.opened 2 succeeded " + PAYMENT);
  }

  @Test
  void disputes_of_one_charge_are_booked_each_and_refunds_beside_them() throws SQLException {
    bring("SUCCEEDED");
    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000, "dp_1"));
    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000, "dp_2"));
    Resource refund = TestRefunds.accept(database, charge, "refund-1", 10_000L);
    worker.approve(worker.claim(refund.refund()));
    inbox.take(TestNotifications.of(DISPUTE_WON, charge, 6_000, "dp_1"));

    assertThat(balance("processor_receivable")).isEqualTo("16000 22000");
    assertThat(balance("merchant_payable")).isEqualTo("22320 16000");
  }

  @Test
  void a_dispute_that_contradicts_itself_asks_a_person() throws SQLException {
    bring("SUCCEEDED");
    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000));
    inbox.take(TestNotifications.of(DISPUTE_LOST, charge, 6_000));
    Books books = books();

    assertThat(inbox.take(TestNotifications.of(DISPUTE_WON, charge, 6_000)))
        .isEqualTo(Finding.MISMATCH);
    assertThat(inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 5_000)))
        .isEqualTo(Finding.MISMATCH);
    assertThat(inbox.take(TestNotifications.of(DISPUTE_LOST, charge, 6_000)))
        .isEqualTo(Finding.KNOWN);

    assertThat(books()).isEqualTo(books);
    assertThat(openReviews()).isEqualTo(1);
  }

  @Test
  void an_end_of_another_amount_than_the_opening_counts_in_neither_order() throws SQLException {
    bring("SUCCEEDED");
    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000));
    assertThat(inbox.take(TestNotifications.of(DISPUTE_WON, charge, 5_000)))
        .isEqualTo(Finding.MISMATCH);
    Books books = books();

    a_charge();
    bring("SUCCEEDED");
    inbox.take(TestNotifications.of(DISPUTE_WON, charge, 5_000));
    assertThat(inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000)))
        .isEqualTo(Finding.MISMATCH);
    assertThat(books()).isEqualTo(books);
    assertThat(openReviews()).isEqualTo(1);
  }

  @Test
  void a_charge_that_ends_otherwise_than_its_dispute_says_asks_a_person() throws SQLException {
    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000));
    bring("DECLINED");
    assertThat(openReviews()).as("the worker found out").isEqualTo(1);
    assertThat(entries()).isZero();

    a_charge();
    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000));
    inbox.take(TestNotifications.of(PAYMENT_DECLINED, charge, 10_000));
    assertThat(openReviews()).as("it was told").isEqualTo(1);
    assertThat(entries()).isZero();

    a_charge();
    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000, "USD", "pay_2", "dp_1"));
    bring("SUCCEEDED");
    assertThat(openReviews()).as("another payment").isEqualTo(1);
    assertThat(entries()).isEqualTo(2);
  }

  @Test
  void a_person_who_decides_that_it_succeeded_has_the_dispute_booked_too() throws SQLException {
    bring("NEEDS_REVIEW");
    inbox.take(TestNotifications.of(DISPUTE_OPENED, charge, 6_000));
    UUID review = UUID.fromString(database.column("SELECT id FROM review").get(0));

    new ReviewDecisions(database.operator())
        .decide(review, new Decision(Status.SUCCEEDED, PAYMENT, "seen there", OPERATOR));

    assertThat(database.column("SELECT status FROM dispute")).containsExactly("opened");
    assertThat(entries()).isEqualTo(3);
  }

  @Test
  void what_comes_together_has_the_effects_that_it_has_one_by_one() throws SQLException {
    bring("SUCCEEDED");
    List<Resource> charges = new ArrayList<>(List.of(charge));
    TestCharges.accept(database, TestCharges.merchant(database), 3)
        .forEach(
            accepted -> charges.add(((Executed<ChargeReceipt>) accepted).receipt().resource()));
    Notification approved = TestNotifications.of(PAYMENT_APPROVED, charges.get(1), 10_000);

    assertThat(
            inbox.write(
                List.of(
                    TestNotifications.of(PAYMENT_DECLINED, charges.get(0), 10_000),
                    approved,
                    TestNotifications.of(DISPUTE_OPENED, charges.get(1), 2_500),
                    TestNotifications.of(PAYMENT_DECLINED, charges.get(2), 10_000),
                    TestNotifications.of(PAYMENT_APPROVED, charges.get(2), 10_000),
                    TestNotifications.of(PAYMENT_APPROVED, charges.get(3), 9_999))))
        .containsExactly(
            Finding.MISMATCH,
            Finding.APPLIED,
            Finding.APPLIED,
            Finding.APPLIED,
            Finding.MISMATCH,
            Finding.MISMATCH);
    assertThat(inbox.write(List.of(approved, approved))).containsOnly(Finding.SEEN);
    assertThat(database.column("SELECT status FROM charge ORDER BY id"))
        .containsExactly("succeeded", "succeeded", "declined", "pending");
    assertThat(entries()).isEqualTo(5);
  }

  @Test
  void of_many_deliveries_at_once_one_has_its_effect() throws Exception {
    for (int round = 0; round < 5; round++) {
      a_charge();
      Notification notification = TestNotifications.of(PAYMENT_APPROVED, charge, 10_000);
      Claim sending = worker.claim();
      List<Callable<Object>> all =
          new ArrayList<>(Collections.nCopies(6, () -> takeAtLast(notification)));
      all.add(() -> worker.approve(sending));

      List<Object> answers = atOnce(all);

      assertThat(answers)
          .filteredOn(Finding.class::isInstance)
          .filteredOn(finding -> finding != Finding.SEEN)
          .hasSize(1)
          .isSubsetOf(Finding.APPLIED, Finding.KNOWN);
      assertThat(answers.contains(Finding.APPLIED)).isEqualTo(answers.contains(Recorded.STALE));
      assertThat(entries()).isEqualTo(2);
      assertThat(database.violations()).isEmpty();
    }
  }

  /** As the processor does: until it is answered. */
  private Finding takeAtLast(Notification notification) throws SQLException {
    while (true) {
      try {
        return inbox.take(notification);
      } catch (SQLException e) {
        if (!"55P03".equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  private static List<Object> atOnce(List<Callable<Object>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Object> results = new ArrayList<>();
      for (Future<Object> each : threads.invokeAll(tasks)) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** All that merchants' money depends on, without ids and times. */
  private record Books(
      List<String> charges, List<String> entries, List<String> balances, List<String> events) {}

  private Books books() {
    return new Books(
        database.column("SELECT status || ' ' || processor_payment FROM charge"),
        database.column("SELECT kind || ' ' || amount FROM ledger_entry ORDER BY 1"),
        database.column(
            "SELECT account || ' ' || debits || ' ' || credits FROM account_balance ORDER BY 1"),
        database.column("SELECT type || ' ' || sequence FROM event ORDER BY sequence"));
  }

  private void bring(String state) throws SQLException {
    bring(state, charge);
  }

  private void bring(String state, Resource resource) throws SQLException {
    if (state.equals("PENDING")) {
      return;
    }
    if (state.equals("NEEDS_REVIEW")) {
      worker.park(resource.id(), "cannot be asked");
      return;
    }
    Claim claim = worker.claim(resource.id());
    switch (state) {
      case "UNKNOWN" ->
          worker.record(claim, Outcome.AMBIGUOUS, new Proceed(Step.LOOK_UP, claim.endsAt()));
      case "SUCCEEDED" -> worker.approve(claim);
      case "DECLINED" ->
          worker.record(
              claim, Outcome.DECLINED, new Conclude(Status.DECLINED, "card_declined", PAYMENT));
      case "CANCELED" ->
          worker.record(claim, Outcome.CANCELED, new Conclude(Status.CANCELED, null, null));
      default -> assertThat(state).isEqualTo("SENDING");
    }
  }

  private static Notification with(
      Notification told, String id, String merchantAccount, String reference) {
    return new Notification(
        id,
        told.type(),
        merchantAccount,
        reference,
        told.payment(),
        told.amount(),
        told.currency(),
        told.occurredAt(),
        told.dispute(),
        told.declineCode());
  }

  private String status() {
    return database.column("SELECT status FROM charge").get(0);
  }

  private long entries() {
    return database.number("SELECT count(*) FROM ledger_entry");
  }

  private long openReviews() {
    return database.number("SELECT count(*) FROM review WHERE resolved_at IS NULL");
  }

  private long messages() {
    return database.number("SELECT count(*) FROM outbox_message");
  }

  private String balance(String account) {
    return database
        .column("SELECT debits || ' ' || credits FROM account_balance WHERE account = ?", account)
        .get(0);
  }
}
