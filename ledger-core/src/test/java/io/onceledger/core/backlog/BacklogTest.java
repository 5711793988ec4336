package io.onceledger.core.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.backlog.Backlog.Figures;
import io.onceledger.core.backlog.OutboxDepth.Waiting;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.Inbox;
import io.onceledger.core.inbox.NotificationType;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestNotifications;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private LedgerDatabase database;

  @BeforeEach
  void open() {
    database = LedgerDatabase.create();
  }

  @Test
  void nothing_waits_where_nothing_is() throws SQLException {
    assertThat(new OutboxDepth(database.operator()).read()).isEmpty();
    assertThat(new Backlog(database.operator()).read())
        .isEqualTo(
            new Figures(
                0,
                0,
                0,
                Map.of(Status.PENDING, 0L, Status.UNKNOWN, 0L, Status.NEEDS_REVIEW, 0L),
                0,
                0,
                0,
                0));
  }

  @Test
  void what_waits_is_counted_by_step_and_aged_by_the_databases_clock() throws SQLException {
    five_charges_of_which_one_is_parked_one_looked_up_and_one_in_flight();

    Map<Step, Waiting> steps = new OutboxDepth(database.operator()).read();

    assertThat(steps.keySet()).containsExactly(Step.SEND, Step.LOOK_UP, Step.PARKED);
    assertThat(steps.get(Step.SEND).messages()).isEqualTo(3);
    assertThat(steps.get(Step.SEND).inFlight()).isEqualTo(1);
    assertThat(steps.get(Step.SEND).oldestAgeSeconds()).isBetween(100L, 160L);
    assertThat(steps.get(Step.LOOK_UP).inFlight()).isZero();
    assertThat(steps.get(Step.PARKED).messages()).isEqualTo(1);
    assertThat(steps.get(Step.PARKED).oldestAgeSeconds()).isBetween(300L, 360L);
  }

  @Test
  void a_lease_that_has_ended_is_not_in_flight() throws SQLException {
    five_charges_of_which_one_is_parked_one_looked_up_and_one_in_flight();
    database.execute("UPDATE outbox_message SET due_at = now() WHERE step <> 'parked'");

    assertThat(new OutboxDepth(database.operator()).read().get(Step.SEND).inFlight()).isZero();
  }

  @Test
  void each_open_status_has_its_age_and_reviews_have_theirs() throws SQLException {
    five_charges_of_which_one_is_parked_one_looked_up_and_one_in_flight();

    Figures figures = new Backlog(database.operator()).read();

    assertThat(figures.outboxDepth()).isEqualTo(5);
    assertThat(figures.outboxParked()).isEqualTo(1);
    assertThat(figures.outboxAge()).as("not of what waits for a person").isBetween(200L, 260L);
    assertThat(figures.statusAge().get(Status.PENDING)).isBetween(10L, 70L);
    assertThat(figures.statusAge().get(Status.UNKNOWN)).isBetween(20L, 80L);
    assertThat(figures.statusAge().get(Status.NEEDS_REVIEW)).isBetween(30L, 90L);
    assertThat(figures.openReviews()).isEqualTo(1);
    assertThat(figures.reviewAge()).isBetween(40L, 100L);
  }

  @Test
  void what_the_processor_told_that_does_not_fit_is_counted() throws SQLException {
    TestCharges.accept(database, TestCharges.merchant(database), 1);
    Resource charge = new TestWorker(database).claim().resource();
    Inbox inbox = new Inbox(database.writer());
    inbox.take(TestNotifications.of(NotificationType.PAYMENT_APPROVED, charge, 9_999));
    inbox.take(TestNotifications.of(NotificationType.DISPUTE_OPENED, charge, 10_000));

    Figures figures = new Backlog(database.operator()).read();

    assertThat(figures.mismatches()).isEqualTo(1);
    assertThat(figures.waitingDisputes()).isEqualTo(1);
  }

  private void five_charges_of_which_one_is_parked_one_looked_up_and_one_in_flight()
      throws SQLException {
    TestCharges.accept(database, TestCharges.merchant(database), 5);
    TestWorker worker = new TestWorker(database);
    worker.park("cannot be asked");
    Claim second = worker.claim();
    worker.record(second, Outcome.AMBIGUOUS, new Proceed(Step.LOOK_UP, second.endsAt()));
    worker.claim();
    database.execute(
        """
        UPDATE outbox_message
        SET created_at = now() - interval '100 s' *
              CASE step WHEN 'send' THEN 1 WHEN 'look_up' THEN 2 ELSE 3 END;
        UPDATE charge
        SET updated_at = now() - interval '10 s' *
              CASE status WHEN 'pending' THEN 1 WHEN 'unknown' THEN 2 ELSE 3 END;
        UPDATE review SET opened_at = now() - interval '40 s';
        """);
  }
}
