package io.onceledger.core.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.testing.TestReport;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunQueueTest extends ReconciliationTestCase {

  @Test
  void a_date_that_is_asked_for_twice_is_one_run_until_it_is_finished() throws Exception {
    Run first = reconciliations.request(today, OPERATOR).orElseThrow();

    assertThat(reconciliations.request(today, OPERATOR).orElseThrow().id()).isEqualTo(first.id());
    reconciler.make(queue.claim().orElseThrow(), day -> new TestReport().open());

    assertThat(reconciliations.request(today, OPERATOR).orElseThrow().id())
        .isNotEqualTo(first.id());
  }

  @Test
  void a_date_that_many_ask_for_at_once_is_one_run() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<UUID> ask = () -> reconciliations.request(today, OPERATOR).orElseThrow().id();
      List<UUID> ids = new ArrayList<>();
      for (Future<UUID> one : threads.invokeAll(java.util.Collections.nCopies(16, ask))) {
        ids.add(one.get());
      }
      assertThat(ids).containsOnly(ids.get(0));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_day_that_has_not_begun_is_refused() throws Exception {
    assertThat(reconciliations.request(today.plusDays(1), OPERATOR)).isEmpty();
  }

  @Test
  void one_run_is_made_at_a_time() throws Exception {
    reconciliations.request(today, OPERATOR);
    reconciliations.request(today.minusDays(1), OPERATOR);
    ClaimedRun first = queue.claim().orElseThrow();

    assertThat(queue.claim()).isEmpty();
    reconciler.make(first, day -> new TestReport().open());

    assertThat(queue.claim()).isPresent();
  }

  @Test
  void a_run_whose_worker_died_is_taken_over_and_its_worker_writes_nothing_any_more()
      throws Exception {
    UUID charge = succeeded(10_000, "pay_1");
    TestReport report =
        new TestReport().payment(merchant.id(), "pay_1", charge, 10_000, 150).raw("bad");
    Run run = reconciliations.request(today, OPERATOR).orElseThrow();
    ClaimedRun dead = queue.claim().orElseThrow();
    // It dies with its report half read: another one takes the run over in the meantime.
    assertThatThrownBy(
            () ->
                reconciler.make(
                    dead,
                    day -> {
                      takeOver(report);
                      return report.open();
                    }))
        .isInstanceOf(RunLostException.class);

    Run made = reconciliations.find(run.id()).orElseThrow();
    assertThat(made.state()).isEqualTo("completed");
    assertThat(made.attempts()).isEqualTo(2);
    assertThat(made.matched()).isEqualTo(1);
    assertThat(database.column("SELECT state FROM settlement_import ORDER BY started_at"))
        .containsExactly("failed", "complete");
    assertThat(database.number("SELECT count(*) FROM ledger_entry WHERE kind = 'settlement'"))
        .isEqualTo(1);
  }

  @Test
  void while_one_compares_nobody_claims_however_long_it_takes() throws Exception {
    reconciliations.request(today, OPERATOR);
    ClaimedRun run = queue.claim().orElseThrow();
    io.onceledger.core.database.Transactions.run(
        database.writer(),
        connection -> {
          queue.holdThroughout(connection, run);
          assertThat(queue.claim()).isEmpty();
          return null;
        });
    database.execute("UPDATE reconciliation SET due_at = now() - interval '1 s'");
    assertThat(queue.claim()).isPresent();
  }

  @Test
  void yesterday_is_scheduled_once_whoever_asks() throws Exception {
    assertThat(queue.schedule(LocalTime.MIN)).isEqualTo(1);
    assertThat(new RunQueue(database.writer(), TERMS.lease()).schedule(LocalTime.MIN)).isZero();
    assertThat(database.column("SELECT date::text FROM reconciliation"))
        .containsExactly(today.minusDays(1).toString());
  }

  @Test
  void days_without_a_worker_are_made_up_for() throws Exception {
    queue.schedule(LocalTime.MIN);
    database.execute(
        "UPDATE reconciliation SET date = date - 3, finished_at = now()," + " state = 'completed'");

    assertThat(queue.schedule(LocalTime.MIN)).isEqualTo(3);
  }

  @Test
  void what_a_clock_that_was_ahead_made_too_early_is_made_when_its_day_is_over() throws Exception {
    queue.schedule(LocalTime.MIN);
    reconciler.make(queue.claim().orElseThrow(), day -> new TestReport().open());
    moveRuns("1 day");

    assertThat(queue.schedule(LocalTime.MIN)).as("nothing else is due").isZero();
    assertThat(queue.claim()).as("today is not over").isEmpty();
    assertThat(
            database.column(
                "SELECT concat_ws(' ', state, failure, due_at AT TIME ZONE 'UTC')"
                    + " FROM reconciliation"))
        .containsExactly(
            "failed The clock was ahead when it was made " + today.plusDays(1) + " 00:00:00");

    moveRuns("-1 day");
    queue.schedule(LocalTime.MIN);
    ClaimedRun again = queue.claim().orElseThrow();
    reconciler.make(again, day -> new TestReport().open());
    queue.schedule(LocalTime.MIN);

    assertThat(again.date()).isEqualTo(today.minusDays(1));
    assertThat(queue.claim()).as("once").isEmpty();
  }

  @Test
  void what_a_clock_that_was_ahead_is_making_is_nobodys() throws Exception {
    queue.schedule(LocalTime.MIN);
    ClaimedRun early = queue.claim().orElseThrow();
    moveRuns("1 day");
    queue.schedule(LocalTime.MIN);

    assertThatThrownBy(() -> reconciler.make(early, day -> new TestReport().open()))
        .isInstanceOf(RunLostException.class);
    reconciliations.request(today.minusDays(1), OPERATOR);
    assertThat(queue.claim()).as("it keeps nobody from another one").isPresent();
  }

  @Test
  void what_a_person_asked_for_comes_before_what_a_clock_that_was_ahead_made() throws Exception {
    queue.schedule(LocalTime.MIN);
    reconciler.make(queue.claim().orElseThrow(), day -> new TestReport().open());
    moveRuns("1 day");
    reconciliations.request(today, OPERATOR);

    queue.schedule(LocalTime.MIN);

    reconciler.make(queue.claim().orElseThrow(), day -> new TestReport().open());
    queue.schedule(LocalTime.MIN);
    assertThat(database.column("SELECT state FROM reconciliation WHERE requested_by IS NULL"))
        .containsExactly("failed");
  }

  @Test
  void what_a_stopping_worker_releases_is_taken_at_once() throws Exception {
    reconciliations.request(today, OPERATOR);
    queue.release(queue.claim().orElseThrow());

    assertThat(queue.claim()).isPresent();
  }

  @Test
  void a_run_that_fails_for_half_a_day_is_given_up() throws Exception {
    Run run = reconciliations.request(today, OPERATOR).orElseThrow();
    database.execute("UPDATE reconciliation SET attempts = " + (RunQueue.MOST_ATTEMPTS - 1));

    queue.fail(queue.claim().orElseThrow(), "no report");

    assertThat(reconciliations.find(run.id()).orElseThrow().finishedAt()).isNotNull();
    assertThat(reconciliations.request(today, OPERATOR).orElseThrow().id()).isNotEqualTo(run.id());
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "3, 40", "7, 640", "8, 900", "48, 900"})
  void pauses_grow_up_to_a_quarter_of_an_hour(int attempt, long seconds) {
    assertThat(RunQueue.pauseAfter(attempt)).isEqualTo(Duration.ofSeconds(seconds));
  }

  /** As if the clock had been elsewhere when they were made. */
  private void moveRuns(String by) {
    database.execute(
        """
        UPDATE reconciliation
        SET date = (date + interval '%1$s')::date,
            created_at = created_at + interval '%1$s',
            due_at = due_at + interval '%1$s'
        """
            .formatted(by));
  }

  private void takeOver(TestReport report) {
    database.execute("UPDATE reconciliation SET due_at = now() - interval '1 s'");
    try {
      Optional<ClaimedRun> taken = queue.claim();
      reconciler.make(taken.orElseThrow(), day -> report.open());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
