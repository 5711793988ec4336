package io.onceledger.core.outbox;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.onceledger.core.charge.Status;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.outbox.ClaimTerms.Restore;
import io.onceledger.core.outbox.HighWater.ToldTime;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.Call;
import io.onceledger.core.processor.NextStep;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Proceed;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.OutcomeRecorder;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestClaims;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may work on a message, and until when. */
class LeaseTest {

  private static final ClaimTerms TERMS = TestClaims.TERMS;

  private LedgerDatabase database;
  private WorkClaims claims;
  private OutcomeRecorder recorder;

  @BeforeEach
  void one_charge_waits() throws SQLException {
    database = LedgerDatabase.create();
    claims = new WorkClaims(database.writer());
    recorder = new OutcomeRecorder(database.writer());
    Merchant merchant = TestCharges.merchant(database);
    TestCharges.accept(database, merchant, 1);
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void a_lease_that_is_renewed_is_not_taken_over() throws SQLException {
    Claim claim = claim(TERMS).claim();
    endLease();
    String before = database.column("SELECT now()").get(0);

    keep(claim);

    assertThat(claims.claim(10, TERMS)).isEmpty();
    assertThat(
            database.column(
                "SELECT due_at >= ?::timestamptz + ? * interval '1 s' FROM outbox_message",
                before,
                TERMS.lease().toSeconds()))
        .containsExactly("t");
  }

  @Test
  void a_lease_that_somebody_has_taken_over_is_not_renewed() throws SQLException {
    Claim lost = claim(TERMS).claim();
    endLease();
    Claim successor = claim(TERMS).claim();
    endLease();

    keep(lost);
    assertThat(claim(TERMS).claim().fence()).isGreaterThan(successor.fence());
  }

  @Test
  void what_was_recorded_has_no_lease_to_renew() throws SQLException {
    Claim claim = claim(TERMS).claim();
    record(claim, Outcome.AMBIGUOUS, new Proceed(Step.LOOK_UP, claim.claimedAt()));

    keep(claim);

    assertThat(claim(TERMS).claim().step()).isEqualTo(Step.LOOK_UP);
  }

  @Test
  void renewing_waits_for_nobody_who_records() throws SQLException {
    Claim claim = claim(TERMS).claim();
    try (Connection recording = database.writer().getConnection()) {
      recording.setAutoCommit(false);
      try (Statement statement = recording.createStatement()) {
        statement.execute("SELECT * FROM outbox_message FOR UPDATE");
      }

      keep(claim);
      recording.rollback();
    }
  }

  @Test
  void what_a_lost_call_may_still_do_ends_with_its_attempt_and_not_with_its_lease()
      throws SQLException {
    Claim lost = claim(TERMS).claim();
    endLease();

    Claim successor = claim(TERMS).claim();

    assertThat(lost.endsAt()).isEqualTo(lost.claimedAt().plus(TERMS.attempt()));
    assertThat(successor.lost().endsAt()).isEqualTo(lost.endsAt());
    assertThat(successor.claimedAt()).isBefore(lost.endsAt());
  }

  @Test
  void a_claim_of_an_older_worker_ends_with_its_lease() throws SQLException {
    Claim old = claim(TERMS).claim();
    database.execute(
        "UPDATE outbox_message SET attempt_ends_at = NULL, due_at = now() - interval '1 s'");

    Claim successor = claim(TERMS).claim();

    assertThat(successor.lost().n()).isEqualTo(old.n());
    assertThat(successor.lost().endsAt()).isBefore(successor.claimedAt());
  }

  @Test
  void an_outcome_may_be_recorded_after_its_lease_unless_somebody_has_taken_over()
      throws SQLException {
    Claim claim = claim(TERMS).claim();
    endLease();

    record(claim, Outcome.APPROVED, new Conclude(Status.SUCCEEDED, null, "pay_1"));

    assertThat(database.column("SELECT status FROM charge")).containsExactly("succeeded");
  }

  @Test
  void while_the_clock_is_behind_only_look_ups_are_claimed() throws SQLException {
    database.execute("UPDATE clock_high_water SET at = now() + interval '25 hours'");
    assertThat(claims.claim(10, TERMS)).isEmpty();

    database.execute("UPDATE outbox_message SET step = 'look_up'");
    assertThat(claims.claim(10, TERMS)).hasSize(1);
  }

  @Test
  void when_the_clock_goes_back_all_that_is_under_way_goes_back_with_it_once() throws SQLException {
    Claim claim = claim(TERMS).claim();
    record(claim, Outcome.AMBIGUOUS, new Proceed(Step.RESEND, claim.claimedAt().plusSeconds(60)));
    database.execute("UPDATE clock_high_water SET at = now() + interval '25 hours'");
    assertThat(claims.claim(10, TERMS)).isEmpty();

    assertThat(keep().behind()).isGreaterThan(Duration.ofHours(24));
    assertThat(keep().behind()).isLessThan(TERMS.clockSkew());

    assertThat(
            database.column(
                "SELECT round(extract(epoch FROM now() - first_sent_at) / 3600) FROM"
                    + " outbox_message"))
        .containsExactly("25");
    assertThat(claim(TERMS).claim().step())
        .as("due, and outside its window")
        .isEqualTo(Step.LOOK_UP);
  }

  @Test
  void however_many_are_waiting_all_go_back_with_the_clock_once() throws SQLException {
    TestCharges.accept(database, TestCharges.merchant(database), 10_001);
    database.execute("UPDATE outbox_message SET due_at = now() + interval '24 hours'");
    database.execute("UPDATE clock_high_water SET at = now() + interval '24 hours'");

    keep();

    assertThat(
            database.column(
                "SELECT round(extract(epoch FROM due_at - now()) / 60) || ' ' || count(*) FROM"
                    + " outbox_message GROUP BY round(extract(epoch FROM due_at - now()) / 60)"))
        .containsExactly("0 10002");
  }

  @Test
  void a_lease_goes_back_with_the_clock() throws SQLException {
    Claim claim = claim(TERMS).claim();
    database.execute("UPDATE clock_high_water SET at = now() + interval '25 hours'");
    database.execute(
        """
        UPDATE outbox_message
        SET claimed_at = claimed_at + interval '25 hours', due_at = due_at + interval '25 hours',
            attempt_ends_at = attempt_ends_at + interval '25 hours',
            first_sent_at = first_sent_at + interval '25 hours'
        """);

    keep();

    assertThat(claims.claim(10, TERMS)).as("no takeover").isEmpty();
    endLease();
    Claim successor = claim(TERMS).claim();
    assertThat(successor.lost().endsAt()).isCloseTo(claim.endsAt(), within(1, MINUTES));
    assertThat(successor.firstSentAt())
        .as("and two leases more")
        .isCloseTo(claim.firstSentAt().minus(TERMS.lease().multipliedBy(2)), within(1, MINUTES));
  }

  @Test
  void a_clock_that_is_behind_by_less_than_the_skew_changes_nothing() throws SQLException {
    database.execute("UPDATE clock_high_water SET at = now() + interval '0.5 s'");

    assertThat(claims.claim(10, TERMS)).hasSize(1);
  }

  @Test
  void the_high_water_of_the_clock_rises_and_never_falls() throws SQLException {
    database.execute("UPDATE clock_high_water SET at = now() - interval '1 day'");
    assertThat(keep().behind()).isNegative();
    assertThat(keep().behind()).isNegative();
    assertThat(database.column("SELECT at > now() - interval '1 minute' FROM clock_high_water"))
        .containsExactly("t");
  }

  @Test
  void after_a_restore_a_first_send_is_preceded_by_a_look_up_that_finds_nothing()
      throws SQLException {
    ClaimTerms restored =
        after(new Restore(Instant.now().minus(1, HOURS), Instant.now().plus(1, HOURS)));

    ClaimedWork first = claim(restored);
    assertThat(first.claim().step()).isEqualTo(Step.LOOK_UP);
    assertThat(first.claim().firstSentAt()).isNull();
    record(first.claim(), Outcome.AMBIGUOUS, new Proceed(Step.SEND, first.claim().claimedAt()));
    Claim second = claim(restored).claim();
    assertThat(second.step()).as("not answered").isEqualTo(Step.LOOK_UP);
    record(second, Outcome.ABSENT, new Proceed(Step.SEND, second.claimedAt()));

    Claim third = claim(restored).claim();

    assertThat(third.step()).isEqualTo(Step.SEND);
    assertThat(third.firstSentAt()).isEqualTo(third.claimedAt());
  }

  /** What had been found out before, the processor may have changed since. */
  @Test
  void after_a_restore_what_was_to_be_sent_again_is_looked_up_once_more() throws SQLException {
    Claim sent = claim(TERMS).claim();
    record(sent, Outcome.AMBIGUOUS, new Proceed(Step.LOOK_UP, sent.claimedAt()));
    Claim absent = claim(TERMS).claim();
    record(absent, Outcome.ABSENT, new Proceed(Step.RESEND, absent.claimedAt()));
    ClaimTerms restored = after(new Restore(absent.claimedAt(), Instant.now().plus(1, HOURS)));

    Claim again = claim(restored).claim();
    assertThat(again.step()).isEqualTo(Step.LOOK_UP);
    record(again, Outcome.ABSENT, new Proceed(Step.RESEND, again.claimedAt()));
    assertThat(claim(restored).claim().step()).isEqualTo(Step.RESEND);
  }

  @Test
  void what_is_put_back_after_the_clock_went_back_is_due_when_it_would_have_been()
      throws SQLException {
    Claim claim = ahead(claim(TERMS).claim(), Duration.ofHours(25));
    database.execute("UPDATE clock_high_water SET at = now() + interval '25 hours'");
    database.execute("UPDATE outbox_message SET claimed_at = claimed_at + interval '25 hours'");
    keep();

    record(claim, Outcome.AMBIGUOUS, new Proceed(Step.LOOK_UP, claim.claimedAt().plusSeconds(60)));

    assertThat(
            database.number(
                "SELECT round(extract(epoch FROM due_at - now()) / 60) FROM outbox_message"))
        .as("minutes")
        .isEqualTo(1);
  }

  private static ClaimTerms after(Restore restore) {
    return new ClaimTerms(
        TERMS.lease(), TERMS.attempt(), TERMS.retryHorizon(), TERMS.clockSkew(), restore);
  }

  /** As it was told by a clock that is ahead. */
  private static Claim ahead(Claim claim, Duration by) {
    return new Claim(
        claim.resource(),
        claim.step(),
        claim.fence(),
        claim.n(),
        claim.acceptedAt(),
        claim.claimedAt().plus(by),
        claim.endsAt().plus(by),
        claim.firstSentAt(),
        claim.lost(),
        claim.work());
  }

  private ClaimedWork claim(ClaimTerms terms) throws SQLException {
    List<ClaimedWork> works = claims.claim(10, terms);
    assertThat(works).hasSize(1);
    return works.get(0);
  }

  private ToldTime keep() throws SQLException {
    return claims.keep(List.of(), TERMS);
  }

  private void keep(Claim claim) throws SQLException {
    claims.keep(List.of(claim), TERMS);
  }

  private void record(Claim claim, Outcome outcome, NextStep next) throws SQLException {
    Call call = claim.step().sends() ? Call.SEND : Call.LOOK_UP;
    Attempt attempt =
        new Attempt(claim.n(), call, outcome, claim.claimedAt(), claim.endsAt(), 200, 1);
    assertThat(recorder.write(List.of(new Result(claim, attempt, next))))
        .containsExactly(Recorded.WRITTEN);
  }

  private void endLease() {
    database.execute("UPDATE outbox_message SET due_at = now()");
  }
}
