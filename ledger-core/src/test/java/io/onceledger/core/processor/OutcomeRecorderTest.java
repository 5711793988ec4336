package io.onceledger.core.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.Status;
import io.onceledger.core.groupcommit.GroupCommit;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.Step;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestClaims;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutcomeRecorderTest {

  private static final ClaimTerms TERMS = TestClaims.TERMS;

  private LedgerDatabase database;
  private WorkClaims claims;
  private OutcomeRecorder recorder;
  private Merchant merchant;

  @BeforeEach
  void open() {
    database = LedgerDatabase.create();
    claims = new WorkClaims(database.writer());
    recorder = new OutcomeRecorder(database.writer());
    merchant = TestCharges.merchant(database);
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void the_claim_marks_the_send_before_it_happens() throws SQLException {
    TestCharges.accept(database, merchant, 1);

    Claim claim = claim().claim();

    assertThat(claim.step()).isEqualTo(Step.SEND);
    assertThat(claim.n()).isEqualTo(1);
    assertThat(claim.fence()).isEqualTo(1);
    assertThat(claim.lost()).isNull();
    assertThat(claim.endsAt()).isEqualTo(claim.claimedAt().plus(TERMS.attempt()));
    assertThat(claim.work().idempotencyKey()).isEqualTo("order-0");
    assertThat(
            database.number("SELECT count(*) FROM outbox_message WHERE first_sent_at = claimed_at"))
        .isEqualTo(1);
    assertThat(claims.claim(10, TERMS)).as("under a lease").isEmpty();
  }

  @Test
  void an_approval_is_booked_and_the_message_is_gone() throws SQLException {
    TestCharges.accept(database, merchant, 1);

    record(approved(claim().claim()));

    assertThat(statuses()).containsExactly("succeeded");
    assertThat(database.column("SELECT kind || ' ' || amount FROM ledger_entry ORDER BY 1"))
        .containsExactly("charge 10000", "fee 320");
    assertThat(
            database.column(
                "SELECT account || ' ' || debits || ' ' || credits FROM account_balance ORDER BY"
                    + " 1"))
        .containsExactly(
            "fee_revenue 0 320", "merchant_payable 320 10000", "processor_receivable 10000 0");
    assertThat(database.column("SELECT sequence || ' ' || type FROM event"))
        .containsExactly("1 charge.succeeded");
    assertThat(messages()).isZero();
  }

  @Test
  void a_decline_books_nothing() throws SQLException {
    TestCharges.accept(database, merchant, 1);
    Claim claim = claim().claim();

    record(result(claim, Outcome.DECLINED, new Conclude(Status.DECLINED, "no_funds", "pay_1")));

    assertThat(statuses()).containsExactly("declined");
    assertThat(database.column("SELECT decline_code FROM charge")).containsExactly("no_funds");
    assertThat(database.number("SELECT count(*) FROM ledger_entry")).isZero();
    assertThat(messages()).isZero();
  }

  @Test
  void an_ambiguous_send_makes_the_charge_unknown_and_keeps_the_message() throws SQLException {
    TestCharges.accept(database, merchant, 1);
    Claim claim = claim().claim();

    record(result(claim, Outcome.AMBIGUOUS, new Proceed(Step.LOOK_UP, claim.claimedAt())));

    assertThat(statuses()).containsExactly("unknown");
    ClaimedWork again = claim();
    assertThat(again.claim().step()).isEqualTo(Step.LOOK_UP);
    assertThat(again.claim().lost()).isNull();
    assertThat(again.claim().firstSentAt()).isEqualTo(claim.firstSentAt());
    assertThat(again.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.AMBIGUOUS);
  }

  @Test
  void what_did_not_leave_us_clears_the_mark() throws SQLException {
    TestCharges.accept(database, merchant, 1);
    Claim claim = claim().claim();

    record(result(claim, Outcome.NOT_SENT, new Proceed(Step.SEND, claim.claimedAt())));

    assertThat(statuses()).containsExactly("pending");
    assertThat(database.number("SELECT count(first_sent_at) FROM outbox_message")).isZero();
    Claim again = claim().claim();
    assertThat(again.firstSentAt()).isEqualTo(again.claimedAt()).isAfter(claim.claimedAt());
  }

  @Test
  void what_only_a_person_can_decide_is_parked_with_a_review() throws SQLException {
    TestCharges.accept(database, merchant, 1);

    record(result(claim().claim(), Outcome.AMBIGUOUS, new Park("cannot be asked")));

    assertThat(statuses()).containsExactly("needs_review");
    assertThat(database.column("SELECT type FROM event ORDER BY sequence"))
        .containsExactly("charge.unknown", "charge.needs_review");
    assertThat(database.column("SELECT reason FROM review")).containsExactly("cannot be asked");
    assertThat(claims.claim(10, TERMS)).isEmpty();
    assertThat(messages()).isEqualTo(1);
  }

  @Test
  void a_stale_fence_writes_nothing() throws SQLException {
    TestCharges.accept(database, merchant, 1);
    Claim paused = claim().claim();
    endLeases();
    Claim successor = claim().claim();
    record(result(successor, Outcome.DECLINED, new Conclude(Status.DECLINED, "no", "pay_1")));

    assertThat(recorder.write(List.of(approved(paused)))).containsExactly(Recorded.STALE);

    assertThat(statuses()).containsExactly("declined");
    assertThat(database.number("SELECT count(*) FROM attempt")).isEqualTo(1);
  }

  @Test
  void a_lease_that_ended_without_a_record_is_known_to_whoever_takes_over() throws SQLException {
    TestCharges.accept(database, merchant, 1);
    Claim lost = claim().claim();
    endLeases();

    Claim successor = claim().claim();

    assertThat(successor.lost().n()).isEqualTo(lost.n());
    assertThat(successor.lost().claimedAt()).isEqualTo(lost.claimedAt());
    assertThat(successor.fence()).isGreaterThan(lost.fence());
    assertThat(successor.firstSentAt()).isEqualTo(lost.firstSentAt());
  }

  @Test
  void a_batch_that_is_run_again_after_its_commit_changes_nothing() throws SQLException {
    TestCharges.accept(database, merchant, 2);
    List<ClaimedWork> works = claims.claim(2, TERMS);
    Claim first = works.get(0).claim();
    Claim second = works.get(1).claim();
    List<Result> batch =
        List.of(
            approved(first),
            result(second, Outcome.AMBIGUOUS, new Proceed(Step.LOOK_UP, second.claimedAt())));

    assertThat(recorder.write(batch)).containsOnly(Recorded.WRITTEN);
    assertThat(recorder.write(batch)).containsOnly(Recorded.STALE);

    assertThat(database.number("SELECT sum(amount) FROM ledger_entry")).isEqualTo(10_320);
    assertThat(database.number("SELECT count(*) FROM attempt")).isEqualTo(2);
  }

  @Test
  void an_old_claim_and_its_successor_in_one_batch_are_told_apart() throws SQLException {
    TestCharges.accept(database, merchant, 1);
    Claim paused = claim().claim();
    endLeases();
    Claim successor = claim().claim();

    List<Recorded> recorded =
        recorder.write(
            List.of(
                result(paused, Outcome.AMBIGUOUS, new Park("old")),
                result(
                    successor,
                    Outcome.AMBIGUOUS,
                    new Proceed(Step.LOOK_UP, successor.claimedAt()))));

    assertThat(recorded).containsExactly(Recorded.STALE, Recorded.WRITTEN);
    assertThat(statuses()).containsExactly("unknown");
    assertThat(database.number("SELECT count(*) FROM review")).isZero();
  }

  @Test
  void a_charge_that_a_newer_version_has_moved_harms_no_other() throws Exception {
    TestCharges.accept(database, merchant, 3);
    List<ClaimedWork> works = claims.claim(3, TERMS);
    database.execute(
        "ALTER TABLE charge DROP CONSTRAINT charge_status_known;"
            + "UPDATE charge SET status = 'disputed' WHERE idempotency_key = 'order-1'");
    List<CompletableFuture<Recorded>> recorded = new ArrayList<>();
    try (var commit = new GroupCommit<>("test", 1, 10, 10, recorder)) {
      works.forEach(
          work -> recorded.add(commit.submit(approved(work.claim())).toCompletableFuture()));
    }

    assertThat(recorded.stream().filter(CompletableFuture::isCompletedExceptionally)).hasSize(1);
    assertThat(statuses()).containsExactlyInAnyOrder("succeeded", "disputed", "succeeded");
    database.execute("UPDATE charge SET status = 'pending' WHERE status = 'disputed'");
  }

  @Test
  void a_resend_whose_window_has_closed_is_claimed_as_a_look_up() throws SQLException {
    TestCharges.accept(database, merchant, 1);
    Claim claim = claim().claim();
    record(result(claim, Outcome.AMBIGUOUS, new Proceed(Step.RESEND, claim.claimedAt())));
    database.execute("UPDATE outbox_message SET first_sent_at = now() - interval '61 minutes'");

    assertThat(claim().claim().step()).isEqualTo(Step.LOOK_UP);

    endLeases();
    database.execute(
        "UPDATE outbox_message SET step = 'resend', first_sent_at = now() - interval '59 minutes'");
    assertThat(claim().claim().step()).isEqualTo(Step.RESEND);
  }

  @Test
  void two_workers_on_ten_thousand_messages_do_each_once() throws Exception {
    int messages = 10_000;
    TestCharges.accept(database, merchant, messages);
    ConcurrentHashMap<UUID, AtomicInteger> sends = new ConcurrentHashMap<>();
    Callable<Integer> worker =
        () -> {
          int done = 0;
          while (true) {
            List<ClaimedWork> works = claims.claim(200, TERMS);
            if (works.isEmpty()) {
              return done;
            }
            works.forEach(
                work ->
                    sends
                        .computeIfAbsent(work.claim().resource().id(), id -> new AtomicInteger())
                        .incrementAndGet());
            recorder.write(works.stream().map(work -> approved(work.claim())).toList());
            done += works.size();
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> workers = new ArrayList<>();
      IntStream.range(0, 2).forEach(i -> workers.add(threads.submit(worker)));

      assertThat(workers.get(0).get() + workers.get(1).get()).isEqualTo(messages);
    } finally {
      threads.shutdownNow();
    }
    assertThat(sends).hasSize(messages).allSatisfy((id, count) -> assertThat(count).hasValue(1));
    assertThat(messages()).isZero();
    assertThat(
            database.number("SELECT debits FROM account_balance WHERE account LIKE 'processor%'"))
        .isEqualTo(10_000L * messages);
  }

  private ClaimedWork claim() throws SQLException {
    List<ClaimedWork> works = claims.claim(1, TERMS);
    assertThat(works).hasSize(1);
    return works.get(0);
  }

  private void record(Result result) throws SQLException {
    assertThat(recorder.write(List.of(result))).containsExactly(Recorded.WRITTEN);
  }

  private static Result approved(Claim claim) {
    return result(claim, Outcome.APPROVED, new Conclude(Status.SUCCEEDED, null, "pay_1"));
  }

  private static Result result(Claim claim, Outcome outcome, NextStep next) {
    return new Result(
        claim,
        new Attempt(claim.n(), Call.SEND, outcome, claim.claimedAt(), claim.endsAt(), 200, 1),
        next);
  }

  private void endLeases() {
    database.execute("UPDATE outbox_message SET due_at = now()");
  }

  private List<String> statuses() {
    return database.column("SELECT status FROM charge");
  }

  private long messages() {
    return database.number("SELECT count(*) FROM outbox_message");
  }
}
