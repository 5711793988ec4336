package io.onceledger.core.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.charge.Status;
import io.onceledger.core.dispute.Disputes;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.Inbox;
import io.onceledger.core.inbox.NotificationType;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Redrives;
import io.onceledger.core.review.ReviewDecisions.Verdict;
import io.onceledger.core.review.ReviewDecisions.Verdict.Refused;
import io.onceledger.core.review.ReviewDecisions.Verdict.Taken;
import io.onceledger.core.review.ReviewDecisions.Verdict.TooEarly;
import io.onceledger.core.testing.CuttingProxy;
import io.onceledger.core.testing.CuttingProxy.Cut;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestNotifications;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.EnumSource;

class ReviewDecisionsTest {

  private static final UUID OPERATOR = UUID.randomUUID();
  private static final Decision SUCCEEDED =
      new Decision(Status.SUCCEEDED, "pay_1", "seen in their dashboard", OPERATOR);
  private static final Decision DECLINED =
      new Decision(Status.DECLINED, null, "they say no", OPERATOR);

  private LedgerDatabase database;
  private TestWorker worker;
  private ReviewDecisions decisions;

  @BeforeEach
  void a_charge_in_review() throws SQLException {
    database = LedgerDatabase.create();
    worker = new TestWorker(database);
    decisions = new ReviewDecisions(database.operator());
    TestCharges.accept(database, TestCharges.merchant(database), 1);
    worker.park("cannot be asked");
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void a_success_is_booked_with_its_event_and_ends_message_and_review() throws SQLException {
    Review review = taken(decide(SUCCEEDED));

    assertThat(review.subject().status()).isEqualTo("succeeded");
    assertThat(review.resolvedAt()).isNotNull();
    assertThat(review.resolution())
        .isEqualTo(
            new Review.Resolution("succeeded", "pay_1", "seen in their dashboard", OPERATOR));
    assertThat(database.column("SELECT status || ' ' || processor_payment FROM charge"))
        .containsExactly("succeeded pay_1");
    assertThat(events())
        .containsExactly("charge.unknown", "charge.needs_review", "charge.succeeded");
    assertThat(database.column("SELECT kind || ' ' || amount FROM ledger_entry ORDER BY 1"))
        .containsExactly("charge 10000", "fee 320");
    assertThat(messages()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"DECLINED", "CANCELED"})
  void a_dispute_that_cannot_be_then_is_asked_about(Status status) throws SQLException {
    UUID charge = UUID.fromString(database.column("SELECT id FROM charge").get(0));
    UUID merchant = UUID.fromString(database.column("SELECT merchant_id FROM charge").get(0));
    new Inbox(database.writer())
        .take(
            TestNotifications.of(
                NotificationType.DISPUTE_OPENED, Resource.charge(merchant, charge), 10_000));

    Review decided = taken(decide(new Decision(status, null, "they say no", OPERATOR)));

    assertThat(decided.resolvedAt()).isNotNull();
    assertThat(database.column("SELECT reason FROM review WHERE resolved_at IS NULL"))
        .containsExactly(Disputes.CANNOT_BE);
  }

  @ParameterizedTest
  @EnumSource(names = {"DECLINED", "CANCELED"})
  void what_did_not_take_effect_books_nothing(Status status) throws SQLException {
    taken(decide(new Decision(status, null, "asked by telephone", OPERATOR)));

    assertThat(statuses()).containsExactly(status.text());
    assertThat(database.number("SELECT count(*) FROM ledger_entry")).isZero();
    assertThat(messages()).isZero();
  }

  @Test
  void the_same_decision_again_changes_nothing() throws SQLException {
    Review first = taken(decide(SUCCEEDED));

    Review again =
        taken(decide(new Decision(Status.SUCCEEDED, "pay_1", "other words", UUID.randomUUID())));

    assertThat(again).isEqualTo(first);
    assertThat(events()).hasSize(3);
  }

  @Test
  void another_decision_about_a_resolved_review_is_refused() throws SQLException {
    decide(SUCCEEDED);

    assertThat(decide(DECLINED)).isInstanceOf(Refused.class);
    assertThat(decide(new Decision(Status.SUCCEEDED, "pay_2", "other", OPERATOR)))
        .isInstanceOf(Refused.class);

    assertThat(statuses()).containsExactly("succeeded");
    assertThat(database.column("SELECT note FROM review"))
        .containsExactly("seen in their dashboard");
  }

  @Test
  void a_charge_that_is_unknown_can_be_decided_and_a_pending_one_cannot() throws SQLException {
    database.execute("UPDATE charge SET status = 'pending'");
    assertThat(decide(SUCCEEDED)).isInstanceOf(Refused.class);

    database.execute("UPDATE charge SET status = 'unknown'");
    assertThat(decide(SUCCEEDED)).isInstanceOf(Taken.class);
  }

  @Test
  void evidence_against_a_final_status_is_closed_and_moves_nothing() throws SQLException {
    decide(SUCCEEDED);
    database.execute(
        "INSERT INTO review (merchant_id, id, charge_id, opened_at, reason) SELECT merchant_id, '"
            + PublicId.next()
            + "', id, now(), 'the report says declined' FROM charge");

    assertThat(decide(DECLINED)).as("a final status stays").isInstanceOf(Refused.class);
    Review closed =
        taken(decide(new Decision(Status.SUCCEEDED, "pay_1", "their mistake", OPERATOR)));

    assertThat(closed.resolution().note()).isEqualTo("their mistake");
    assertThat(events()).hasSize(3);
    assertThat(database.number("SELECT count(*) FROM ledger_entry")).isEqualTo(2);
  }

  @Test
  void a_worker_that_held_the_message_writes_nothing() throws SQLException {
    redrive();
    Claim held = worker.claim();

    decide(DECLINED);

    assertThat(worker.approve(held)).isEqualTo(Recorded.STALE);
    assertThat(statuses()).containsExactly("declined");
    assertThat(database.number("SELECT count(*) FROM ledger_entry")).isZero();
  }

  @Test
  void nothing_is_decided_while_a_send_is_under_way() throws SQLException {
    redrive();
    Claim held = worker.claim();
    database.execute("UPDATE outbox_message SET step = 'resend'");

    assertThat(decide(DECLINED)).isInstanceOf(TooEarly.class);
    assertThat(statuses()).containsExactly("needs_review");

    database.execute("UPDATE outbox_message SET due_at = now()");
    assertThat(decide(DECLINED)).as("its lease has ended").isInstanceOf(TooEarly.class);
    database.execute("UPDATE outbox_message SET attempt_ends_at = now()");
    assertThat(decide(DECLINED)).as("its call has ended too").isInstanceOf(Taken.class);
    assertThat(worker.approve(held)).isEqualTo(Recorded.STALE);
  }

  @Test
  void a_worker_that_was_first_leaves_nothing_to_decide() throws SQLException {
    redrive();
    worker.approve(worker.claim());

    assertThat(decide(DECLINED)).isInstanceOf(Refused.class);

    assertThat(statuses()).containsExactly("succeeded");
    assertThat(database.column("SELECT note FROM review")).containsExactly("found out by look-up");
  }

  @Test
  void of_two_operators_at_once_one_wins() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID review = openReview();

      List<Object> verdicts =
          atOnce(() -> decide(review, SUCCEEDED), () -> decide(review, DECLINED));

      assertThat(verdicts).hasAtLeastOneElementOfType(Taken.class);
      assertThat(verdicts).hasAtLeastOneElementOfType(Refused.class);
      the_charge_has_one_outcome();
      nextReview();
    }
  }

  @Test
  void of_two_equal_decisions_at_once_one_is_written_and_both_are_answered() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID review = openReview();

      assertThat(atOnce(() -> decide(review, SUCCEEDED), () -> decide(review, SUCCEEDED)))
          .hasOnlyElementsOfType(Taken.class);

      the_charge_has_one_outcome();
      nextReview();
    }
  }

  @Test
  void of_operator_and_worker_at_once_one_wins() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID review = openReview();
      redrive();
      Claim held = worker.claim();

      List<Object> won = atOnce(() -> decide(review, DECLINED), () -> worker.approve(held));

      assertThat(won.get(0) instanceof Taken).isEqualTo(won.get(1) == Recorded.STALE);
      the_charge_has_one_outcome();
      nextReview();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void a_decision_that_is_cut_off_is_whole_or_not_there_and_can_be_repeated(Cut where)
      throws Exception {
    try (CuttingProxy wire = database.wire()) {
      wire.cut(where);
      UUID review = openReview();

      assertThatThrownBy(
              () -> new ReviewDecisions(database.operator(wire)).decide(review, SUCCEEDED))
          .isInstanceOf(SQLException.class);

      if (where == Cut.BEFORE_COMMIT) {
        assertThat(statuses()).containsExactly("needs_review");
        assertThat(messages()).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM ledger_entry")).isZero();
      }
      // Waits for the lock, and so for the commit that nobody has heard of.
      Review repeated =
          taken(decide(review, new Decision(Status.SUCCEEDED, "pay_1", "again", OPERATOR)));
      assertThat(repeated.resolution().note())
          .isEqualTo(where == Cut.BEFORE_COMMIT ? "again" : SUCCEEDED.note());
      the_charge_has_one_outcome();
    }
  }

  @Test
  void nobody_changes_what_was_resolved() throws Exception {
    decide(DECLINED);

    for (var role : List.of(database.operator(), database.writer())) {
      try (var connection = role.getConnection();
          var statement = connection.createStatement()) {
        assertThat(statement.executeUpdate("UPDATE review SET note = 'changed'")).isZero();
      }
    }
  }

  @Test
  void an_unknown_review_is_not_there() throws SQLException {
    assertThat(decisions.decide(PublicId.next(), DECLINED)).isEmpty();
  }

  private Verdict decide(Decision decision) throws SQLException {
    return decide(
        UUID.fromString(
            database.column("SELECT id FROM review ORDER BY opened_at DESC, id DESC").get(0)),
        decision);
  }

  private Verdict decide(UUID review, Decision decision) throws SQLException {
    return decisions.decide(review, decision).orElseThrow();
  }

  private static Review taken(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Taken.class);
    return ((Taken) verdict).review();
  }

  private UUID openReview() {
    return UUID.fromString(
        database.column("SELECT id FROM review WHERE resolved_at IS NULL").get(0));
  }

  private void redrive() throws SQLException {
    UUID charge =
        UUID.fromString(
            database.column("SELECT id FROM charge WHERE status = 'needs_review'").get(0));
    new Redrives(database.operator()).redrive(charge, OPERATOR, null);
  }

  /** Whatever won: one final event of one charge, entries to match, and nothing left to do. */
  private void the_charge_has_one_outcome() {
    assertThat(messages()).isZero();
    assertThat(database.number("SELECT count(*) FROM review WHERE resolved_at IS NULL")).isZero();
    assertThat(
            database.column(
                "SELECT charge_id FROM event WHERE status IN ('succeeded', 'declined')"
                    + " GROUP BY charge_id HAVING count(*) <> 1"))
        .isEmpty();
    assertThat(database.violations()).isEmpty();
  }

  private void nextReview() throws SQLException {
    TestCharges.accept(database, TestCharges.merchant(database), 1);
    worker.park("again");
  }

  private static List<Object> atOnce(Callable<Object> one, Callable<Object> other)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Object> results = new ArrayList<>();
      for (Future<Object> each : threads.invokeAll(List.of(one, other))) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<String> statuses() {
    return database.column("SELECT status FROM charge");
  }

  private List<String> events() {
    return database.column("SELECT type FROM event ORDER BY sequence");
  }

  private long messages() {
    return database.number("SELECT count(*) FROM outbox_message");
  }
}
