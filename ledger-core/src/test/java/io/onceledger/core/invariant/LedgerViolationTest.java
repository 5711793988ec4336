package io.onceledger.core.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.Status;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.Attempt;
import io.onceledger.core.processor.Call;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.processor.OutcomeRecorder;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestClaims;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks each rule as a superuser could, and sees exactly that rule reported. */
class LedgerViolationTest {

  private static final String ONE_PENDING =
      "(SELECT id FROM charge WHERE status = 'pending' LIMIT 1)";
  private static final String ONE_SUCCEEDED =
      "(SELECT id FROM charge WHERE status = 'succeeded' LIMIT 1)";

  static Stream<Arguments> damages() {
    return Stream.of(
        Arguments.of(
            "balance_equals_entries",
            "UPDATE account_balance SET debits = debits + 1, credits = credits + 1"),
        Arguments.of(
            "balance_equals_entries,debits_equal_credits",
            "UPDATE account_balance SET credits = credits + 1 WHERE account = 'fee_revenue'"),
        Arguments.of(
            "balance_equals_entries,debits_equal_credits",
            "DELETE FROM account_balance WHERE account = 'fee_revenue'"),
        Arguments.of(
            "succeeded_charge_has_its_entries",
            "UPDATE ledger_entry SET kind = 'other' WHERE kind = 'fee' AND source_id = "
                + ONE_SUCCEEDED),
        Arguments.of(
            "succeeded_charge_has_its_entries",
            "UPDATE charge SET amount = amount + 1000 WHERE id = " + ONE_SUCCEEDED),
        Arguments.of(
            "other_charge_has_no_entries",
            "UPDATE charge SET status = 'declined' WHERE id = " + ONE_SUCCEEDED),
        Arguments.of(
            "open_charge_has_its_message",
            "DELETE FROM outbox_message WHERE resource_id = " + ONE_PENDING),
        Arguments.of(
            "message_has_its_open_charge",
            "UPDATE charge SET status = 'declined' WHERE id = " + ONE_PENDING),
        Arguments.of(
            "charge_has_its_key,key_has_its_charge",
            "UPDATE idempotency_key SET resource_id = gen_random_uuid() WHERE resource_id = "
                + ONE_SUCCEEDED),
        Arguments.of(
            "charge_has_its_key",
            "DELETE FROM idempotency_key WHERE resource_id = " + ONE_SUCCEEDED),
        Arguments.of(
            "charge_has_its_events", "DELETE FROM event WHERE charge_id = " + ONE_SUCCEEDED),
        Arguments.of(
            "charge_is_not_stuck",
            "UPDATE charge SET created_at = now() - interval '25 hours' WHERE id = "
                + ONE_PENDING));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("damages")
  void damage_is_reported_by_name(String names, String damage) throws SQLException {
    LedgerDatabase database = booked();
    Invariants invariants = new Invariants(database.writer());
    assertThat(invariants.check().violations()).isEmpty();

    database.execute(damage);

    Invariants.Report report = invariants.check();
    assertThat(report.violations())
        .extracting(Invariants.Violation::name)
        .containsOnly(names.split(","));
    assertThat(report.checks().stream().mapToLong(Invariants.Check::violations).sum())
        .isEqualTo(report.violations().size());
  }

  @Test
  void every_rule_is_broken_by_one_of_these_tests() throws SQLException {
    List<String> rules =
        new Invariants(LedgerDatabase.create().writer())
            .check().checks().stream().map(Invariants.Check::name).toList();

    assertThat(damages().flatMap(damage -> Stream.of(((String) damage.get()[0]).split(","))))
        .containsAll(rules);
  }

  /** Two charges that succeeded and two that wait. */
  private static LedgerDatabase booked() throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();
    TestCharges.accept(database, TestCharges.merchant(database), 4);
    List<Result> results = new ArrayList<>();
    for (var work : new WorkClaims(database.writer()).claim(2, TestClaims.TERMS)) {
      Claim claim = work.claim();
      results.add(
          new Result(
              claim,
              new Attempt(
                  1, Call.SEND, Outcome.APPROVED, claim.claimedAt(), claim.endsAt(), 201, 5),
              new Conclude(Status.SUCCEEDED, null, "pay_1")));
    }
    new OutcomeRecorder(database.writer()).write(results);
    return database;
  }
}
