package io.onceledger.core.invariant;

import static io.onceledger.core.inbox.NotificationType.DISPUTE_LOST;
import static io.onceledger.core.inbox.NotificationType.DISPUTE_OPENED;
import static io.onceledger.core.inbox.NotificationType.DISPUTE_WON;
import static io.onceledger.core.testing.TestNotifications.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.Inbox;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.settlement.SettlementImporter;
import io.onceledger.core.settlement.SettlementReport;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestEntries;
import io.onceledger.core.testing.TestNotifications;
import io.onceledger.core.testing.TestRefunds;
import io.onceledger.core.testing.TestReport;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks each rule as a superuser could, and sees exactly that rule reported. */
class LedgerViolationTest {

  private static final String ONE_PENDING =
      "(SELECT id FROM charge WHERE status = 'pending'"
          + " AND id NOT IN (SELECT charge_id FROM dispute) LIMIT 1)";
  private static final String ONE_SUCCEEDED =
      "(SELECT id FROM charge WHERE status = 'succeeded'"
          + " AND id NOT IN (SELECT charge_id FROM dispute) LIMIT 1)";

  private static final List<String> TABLES =
      List.of(
          "charge",
          "refund",
          "dispute",
          "settlement_line",
          "outbox_message",
          "idempotency_key",
          "event",
          "ledger_entry",
          "account_balance",
          "ledger_block");

  private static final String KEEP = each("CREATE TABLE kept_%1$s AS TABLE %1$s");

  private static final String RESTORE = each("DELETE FROM %1$s; INSERT INTO %1$s TABLE kept_%1$s");

  private static String each(String statement) {
    return TABLES.stream().map(statement::formatted).collect(Collectors.joining(";\n"));
  }

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
            "succeeded_charge_has_its_entries,closed_entry_changed",
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
        Arguments.of("closed_block_changed", "DELETE FROM ledger_block"),
        Arguments.of(
            "charge_is_not_stuck",
            "UPDATE charge SET created_at = now() - interval '25 hours' WHERE id = " + ONE_PENDING),
        Arguments.of(
            "refunds_within_charge,charge_counts_its_refunds",
            "UPDATE refund SET amount = amount + 10000 WHERE status = 'pending'"),
        Arguments.of(
            "charge_counts_its_refunds",
            "UPDATE charge SET amount_refunded = amount_refunded - 1 WHERE amount_refunded > 0"),
        Arguments.of(
            "charge_counts_its_refunds",
            "UPDATE charge SET amount_reserved = amount_reserved - 1 WHERE amount_reserved > 0"),
        Arguments.of(
            "succeeded_refund_has_its_entry,closed_entry_changed",
            "UPDATE ledger_entry SET kind = 'other' WHERE kind = 'refund'"),
        Arguments.of(
            "other_refund_has_no_entry,charge_counts_its_refunds",
            "UPDATE refund SET status = 'declined' WHERE status = 'succeeded'"),
        Arguments.of(
            "open_refund_has_its_message",
            "DELETE FROM outbox_message WHERE resource_type = 'refund'"),
        Arguments.of(
            "message_has_its_open_refund,charge_counts_its_refunds",
            "UPDATE refund SET status = 'declined' WHERE status = 'pending'"),
        Arguments.of(
            "refund_has_its_key,key_has_its_refund",
            "UPDATE idempotency_key SET resource_id = gen_random_uuid() WHERE key = 'refund-1'"),
        Arguments.of("refund_has_its_key", "DELETE FROM idempotency_key WHERE key = 'refund-1'"),
        Arguments.of(
            "refund_is_not_stuck",
            "UPDATE refund SET created_at = now() - interval '25 hours' WHERE status = 'pending'"),
        Arguments.of(
            "dispute_has_its_entries,closed_entry_changed",
            "UPDATE ledger_entry SET kind = 'other' WHERE kind = 'dispute_reversal'"),
        Arguments.of(
            "dispute_has_its_entries",
            "UPDATE dispute SET amount = amount + 1 WHERE status = 'lost'"),
        Arguments.of(
            "dispute_entry_has_its_dispute,dispute_has_its_events",
            "DELETE FROM dispute WHERE status = 'opened'"),
        Arguments.of(
            "dispute_fits_its_charge", "UPDATE dispute SET currency = 'EUR' WHERE status = 'lost'"),
        Arguments.of(
            "dispute_fits_its_charge",
            "UPDATE dispute SET amount = amount + 10000 WHERE status = 'waiting'"),
        Arguments.of(
            "dispute_has_its_events",
            "UPDATE event SET type = 'charge.unknown' WHERE type = 'dispute.lost'"),
        Arguments.of(
            "waiting_dispute_has_a_reason",
            "UPDATE dispute SET opening_seen = true WHERE status = 'waiting'"),
        Arguments.of(
            "waiting_dispute_has_a_reason",
            "UPDATE charge SET disputed_early = NULL WHERE disputed_early"),
        Arguments.of(
            "settlement_line_has_its_entries,closed_entry_changed",
            "UPDATE ledger_entry SET kind = 'other' WHERE kind = 'processor_fee'"),
        Arguments.of(
            "settlement_line_has_its_entries,closed_entry_changed",
            "UPDATE ledger_entry SET kind = 'other' WHERE kind = 'settlement' AND refund_id IS NOT"
                + " NULL"),
        // Of what was taken and what was given back: all sums stay as they are.
        Arguments.of(
            "settlement_line_has_its_entries,closed_entry_changed",
            "UPDATE ledger_entry SET debit_account = credit_account, credit_account = debit_account"
                + " WHERE kind = 'settlement' AND amount = 1000 AND refund_id IS NULL"),
        Arguments.of(
            "settlement_line_has_its_entries",
            "UPDATE settlement_line SET fee = fee + 1 WHERE type = 'payment' AND fee > 0"),
        Arguments.of(
            "settlement_line_has_its_entries",
            "UPDATE settlement_line SET type = 'payment' WHERE type = 'refund'"),
        Arguments.of(
            "settlement_line_has_its_entries",
            "UPDATE settlement_line SET amount = 1 WHERE amount = 0"),
        Arguments.of(
            "settlement_entry_has_its_line", "DELETE FROM settlement_line WHERE type = 'refund'"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("damages")
  void damage_is_reported_by_name(String names, String damage) throws Exception {
    LedgerDatabase database = booked();
    TestEntries.close(database);
    Invariants invariants = new Invariants(database.writer());
    assertThat(invariants.compute().violations()).isEmpty();
    assertThat(swept(database, invariants).violations()).isEmpty();
    database.execute(KEEP);

    database.execute(damage);
    TestEntries.audit(database);

    Invariants.Report report = invariants.compute();
    assertThat(report.violations())
        .extracting(Invariants.Violation::name)
        .containsOnly(names.split(","));
    assertThat(report.checks().stream().mapToLong(Invariants.Check::violations).sum())
        .isEqualTo(report.violations().size());
    assertThat(swept(database, invariants).violations())
        .as("one check finds the same")
        .containsExactlyElementsOf(report.violations());

    database.execute(RESTORE);
    TestEntries.audit(database);
    assertThat(invariants.compute().violations()).isEmpty();
    assertThat(swept(database, invariants).violations()).as("what is repaired is gone").isEmpty();
  }

  /** What one check finds, with no time to spare: as a worker makes one each second. */
  private static Invariants.Report swept(LedgerDatabase database, Invariants invariants)
      throws SQLException {
    assertThat(new Checker(database.writer()).check(Duration.ZERO)).isTrue();
    return invariants.kept();
  }

  @Test
  void every_rule_is_broken_by_one_of_these_tests() throws SQLException {
    List<String> rules =
        new Invariants(LedgerDatabase.create().writer())
            .compute().checks().stream().map(Invariants.Check::name).toList();

    assertThat(damages().flatMap(damage -> Stream.of(((String) damage.get()[0]).split(","))))
        .containsAll(rules);
  }

  /**
   * Two charges that succeeded and two that wait; a refund that succeeded and one that waits; of a
   * third charge a dispute in each state, and of a waiting one a dispute that waits for it; a
   * settlement line of each type, and one of zero.
   */
  private static LedgerDatabase booked() throws Exception {
    LedgerDatabase database = LedgerDatabase.create();
    TestCharges.accept(database, TestCharges.merchant(database), 6);
    TestWorker worker = new TestWorker(database);
    List<Claim> claims = worker.claim(3);
    for (Claim claim : claims) {
      worker.approve(claim);
    }
    Resource charge = claims.get(0).resource();
    Resource refund = TestRefunds.accept(database, charge, "refund-0", 1_000L);
    worker.approve(worker.claim(refund.refund()));
    TestRefunds.accept(database, charge, "refund-1", null);
    Inbox inbox = new Inbox(database.writer());
    Resource disputed = claims.get(2).resource();
    for (String dispute : List.of("dp_opened", "dp_won", "dp_lost")) {
      inbox.take(TestNotifications.of(DISPUTE_OPENED, disputed, 1_000, dispute));
    }
    inbox.take(TestNotifications.of(DISPUTE_WON, disputed, 1_000, "dp_won"));
    inbox.take(TestNotifications.of(DISPUTE_LOST, disputed, 1_000, "dp_lost"));
    inbox.take(TestNotifications.of(DISPUTE_WON, disputed, 1_000, "dp_waiting"));
    Resource early = worker.claim().resource();
    inbox.take(TestNotifications.of(DISPUTE_OPENED, early, 1_000, "dp_early"));
    UUID merchant = charge.merchant();
    settle(
        database,
        new TestReport()
            .payment(merchant, PAYMENT, charge.charge(), 10_000, 150)
            .payment(merchant, PAYMENT, claims.get(1).resource().charge(), 0, 0)
            .line(merchant, "refund", PAYMENT, refund.text(), 1_000, "USD", 0)
            .line(merchant, "dispute", PAYMENT, disputed.text(), 1_000, "USD", 0)
            .line(merchant, "dispute_reversal", PAYMENT, disputed.text(), 1_000, "USD", 0));
    return database;
  }

  private static void settle(LedgerDatabase database, TestReport report) throws Exception {
    SettlementImporter importer = new SettlementImporter(database.writer());
    importer.read(
        importer.begin(LocalDate.of(2026, 11, 20), connection -> {}),
        new SettlementReport(report.open()));
  }
}
