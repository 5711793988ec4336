package io.onceledger.core.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestReport;
import io.onceledger.core.testing.TestWorker;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Charges of today on a database of its own, and runs over reports of today. */
abstract class ReconciliationTestCase {

  static final ReconciliationTerms TERMS =
      new ReconciliationTerms(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO);
  static final UUID OPERATOR = UUID.randomUUID();

  LedgerDatabase database;
  TestWorker worker;
  Merchant merchant;
  LocalDate today;
  RunQueue queue;
  Reconciler reconciler;
  Reconciliations reconciliations;
  Differences differences;

  @BeforeEach
  void open() throws SQLException {
    database = LedgerDatabase.create();
    worker = new TestWorker(database);
    merchant = TestCharges.merchant(database);
    today =
        LocalDate.parse(database.column("SELECT (now() AT TIME ZONE 'UTC')::date::text").get(0));
    queue = new RunQueue(database.writer(), TERMS.lease());
    reconciler = new Reconciler(database.writer(), queue, TERMS);
    reconciliations = new Reconciliations(database.operator());
    differences = new Differences(database.operator());
    assertThat(today).isBeforeOrEqualTo(LocalDate.now(ZoneOffset.UTC).plusDays(1));
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  /** Accepts a charge of {@code amount} and has its message claimed. */
  Claim charge(long amount) throws SQLException {
    UUID id = PublicId.next();
    new ChargeAcceptance(database.writer())
        .write(List.of(TestCharges.delivery(merchant, "key-" + id, amount)));
    UUID charge =
        UUID.fromString(
            database.column("SELECT id FROM charge WHERE idempotency_key = ?", "key-" + id).get(0));
    return worker.claim(charge);
  }

  UUID succeeded(long amount, String payment) throws SQLException {
    Claim claim = charge(amount);
    worker.record(claim, Outcome.APPROVED, new Conclude(Status.SUCCEEDED, null, payment));
    return claim.resource().id();
  }

  UUID declined(long amount) throws SQLException {
    Claim claim = charge(amount);
    worker.record(claim, Outcome.DECLINED, new Conclude(Status.DECLINED, "no", null));
    return claim.resource().id();
  }

  UUID inReview(long amount) throws SQLException {
    Claim claim = charge(amount);
    worker.record(
        claim,
        Outcome.AMBIGUOUS,
        new io.onceledger.core.processor.NextStep.Park("cannot be asked"));
    return claim.resource().id();
  }

  /** Asks for a run of {@code date} and makes it. */
  Run reconcile(LocalDate date, TestReport report) throws Exception {
    Run run = reconciliations.request(date, OPERATOR).orElseThrow();
    reconciler.make(queue.claim().orElseThrow(), day -> report.open());
    return reconciliations.find(run.id()).orElseThrow();
  }

  Run reconcile(TestReport report) throws Exception {
    return reconcile(today, report);
  }

  /** Kind and reference of what is open. */
  List<String> openDifferences() {
    return database.column(
        "SELECT kind || ' ' || reference FROM reconciliation_difference"
            + " WHERE resolved_at IS NULL ORDER BY 1");
  }

  static String reference(UUID charge) {
    return PublicId.CHARGE.text(charge);
  }
}
