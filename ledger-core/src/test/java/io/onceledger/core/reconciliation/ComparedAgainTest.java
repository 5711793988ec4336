package io.onceledger.core.reconciliation;

import static io.onceledger.core.inbox.NotificationType.DISPUTE_OPENED;
import static io.onceledger.core.reconciliation.DifferenceKind.MISSING_HERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.Inbox;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.review.Decision;
import io.onceledger.core.review.ReviewDecisions;
import io.onceledger.core.testing.TestNotifications;
import io.onceledger.core.testing.TestReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines of yesterday's report that have become something else by today's run. */
class ComparedAgainTest extends ReconciliationTestCase {

  private LocalDate yesterday;

  @BeforeEach
  void a_day_before() {
    yesterday = today.minusDays(1);
  }

  @Test
  void what_is_told_later_with_another_amount_differs_in_that() throws Exception {
    UUID charge = succeeded(10_000, "pay_1");
    reconcile(
        yesterday,
        new TestReport()
            .payment(merchant.id(), "pay_1", charge, 10_000, 0)
            .line(merchant.id(), "dispute", "pay_1", reference(charge), 4_000, "USD", 0));
    assertThat(openDifferences()).containsExactly("missing_here " + reference(charge));

    dispute(charge, 5_000, "pay_1");
    reconcile(new TestReport());

    assertThat(openDifferences()).containsExactly("amount " + reference(charge));
    assertThat(notes()).containsExactly("Gone: it is a difference of kind amount now");
  }

  @Test
  void what_another_payment_has_healed_leaves_the_first_one_without_a_charge() throws Exception {
    UUID charge = inReview(10_000);
    reconcile(yesterday, new TestReport().payment(merchant.id(), "pay_1", charge, 9_999, 0));
    assertThat(openDifferences()).containsExactly("amount " + reference(charge));

    Run run = reconcile(new TestReport().payment(merchant.id(), "pay_2", charge, 10_000, 0));

    assertThat(run.healed()).isEqualTo(1);
    assertThat(run.differences().get(MISSING_HERE)).isEqualTo(1);
    assertThat(openDifferences()).containsExactly("missing_here " + reference(charge));
  }

  @Test
  void what_is_canceled_against_a_report_is_asked_about() throws Exception {
    UUID charge = inReview(10_000);
    reconcile(yesterday, new TestReport().payment(merchant.id(), "pay_1", charge, 9_999, 0));
    cancel();

    reconcile(new TestReport());
    reconcile(new TestReport());

    assertThat(openDifferences()).containsExactly("status " + reference(charge));
    assertThat(database.column("SELECT reason FROM review WHERE resolved_at IS NULL"))
        .containsExactly(
            "The report of %s has payment pay_1 for what is canceled here".formatted(yesterday));
  }

  @Test
  void what_waited_is_compared_when_its_charge_is_decided() throws Exception {
    Claim held = charge(10_000);
    UUID charge = held.resource().id();
    reconcile(yesterday, new TestReport().payment(merchant.id(), "pay_again", charge, 10_000, 0));
    assertThat(reconcile(new TestReport()).differences().values()).containsOnly(0L);

    worker.approve(held);
    reconcile(new TestReport().payment(merchant.id(), "pay_worker", charge, 10_000, 0));

    assertThat(openDifferences()).containsExactly("missing_here " + reference(charge));
    assertThat(waiting()).isZero();
  }

  @Test
  void what_waited_and_agrees_is_never_a_difference() throws Exception {
    Claim held = charge(10_000);
    reconcile(
        yesterday,
        new TestReport().payment(merchant.id(), "pay_worker", held.resource().id(), 10_000, 0));
    assertThat(waiting()).isEqualTo(1);

    worker.approve(held);
    reconcile(new TestReport());

    assertThat(database.number("SELECT count(*) FROM reconciliation_difference")).isZero();
    assertThat(waiting()).isZero();
  }

  @Test
  void what_differs_stays_open_while_it_waits() throws Exception {
    Claim held = charge(10_000);
    UUID charge = held.resource().id();
    reconcile(
        yesterday,
        new TestReport()
            .line(merchant.id(), "dispute", "pay_other", reference(charge), 4_000, "USD", 0));
    dispute(charge, 4_000, "pay_other");

    reconcile(new TestReport());
    assertThat(openDifferences()).containsExactly("missing_here " + reference(charge));

    worker.approve(held);
    reconcile(new TestReport().payment(merchant.id(), "pay_worker", charge, 10_000, 0));
    assertThat(openDifferences()).containsExactly("missing_here " + reference(charge));
  }

  @Test
  void a_second_run_finds_the_same_rows() throws Exception {
    UUID charge = inReview(10_000);
    reconcile(yesterday, new TestReport().payment(merchant.id(), "pay_1", charge, 9_999, 0));
    TestReport report = new TestReport().payment(merchant.id(), "pay_2", charge, 10_000, 0);
    Run first = reconcile(report);
    List<String> rows = rows();

    Run second = reconcile(report);

    assertThat(second.differences()).isEqualTo(first.differences());
    assertThat(second.open()).isEqualTo(first.open()).isEqualTo(1);
    assertThat(rows()).isEqualTo(rows);
  }

  @Test
  void what_an_operator_has_explained_stays_explained() throws Exception {
    UUID charge = inReview(10_000);
    reconcile(yesterday, new TestReport().payment(merchant.id(), "pay_1", charge, 9_999, 0));
    Run run = reconcile(new TestReport().payment(merchant.id(), "pay_2", charge, 10_000, 0));
    UUID found =
        differences
            .page(
                new DifferenceFilter(today, Optional.of(MISSING_HERE), Optional.empty()),
                Optional.empty(),
                10)
            .items()
            .get(0)
            .id();
    differences.resolve(run, found, "given back by hand", OPERATOR);

    reconcile(new TestReport());

    assertThat(openDifferences()).isEmpty();
    assertThat(notes()).contains("given back by hand");
  }

  @Test
  void a_run_reads_its_day_and_what_is_open_however_much_was_before() throws Exception {
    UUID charge = inReview(10_000);
    Claim held = charge(10_000);
    Run run =
        reconcile(
            yesterday,
            new TestReport()
                .payment(merchant.id(), "pay_1", charge, 9_999, 0)
                .payment(merchant.id(), "pay_again", held.resource().id(), 10_000, 0));
    // Of nothing, so that it needs no entries.
    database.execute(
        """
        INSERT INTO settlement_line (merchant_id, id, import_id, settled_at, amount, fee,
          report_date, type, currency, payment, reference)
        SELECT '%s', gen_random_uuid(), gen_random_uuid(), now(), 0, 0, date '%s' - 1 - n %% 50,
               type, 'USD', 'old_' || n, 'ch_foreign'
        FROM generate_series(1, 5000) AS n, unnest(ARRAY['payment', 'dispute']) AS type;
        ANALYZE settlement_line;
        """
            .formatted(merchant.id(), yesterday));

    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL ROLE ledger_writer");
      Comparison.compareLines(connection, new ClaimedRun(run.id(), today, 1, 1));
      assertThat(linesRead(statement)).isLessThan(50);
      connection.rollback();
    }
  }

  private static long linesRead(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT coalesce(idx_tup_fetch, 0) + seq_tup_read
            FROM pg_stat_xact_user_tables
            WHERE relname = 'settlement_line'
            """)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void dispute(UUID charge, long amount, String payment) throws SQLException {
    new Inbox(database.writer())
        .take(
            TestNotifications.of(
                DISPUTE_OPENED,
                Resource.charge(merchant.id(), charge),
                amount,
                "USD",
                payment,
                payment));
  }

  private void cancel() throws SQLException {
    UUID review =
        UUID.fromString(database.column("SELECT id FROM review WHERE resolved_at IS NULL").get(0));
    new ReviewDecisions(database.operator())
        .decide(review, new Decision(Status.CANCELED, null, "by telephone", OPERATOR));
  }

  private long waiting() {
    return database.number("SELECT count(*) FROM reconciliation_waiting");
  }

  private List<String> rows() {
    return database.column("SELECT id FROM reconciliation_difference ORDER BY 1");
  }

  private List<String> notes() {
    return database.column(
        "SELECT note FROM reconciliation_difference WHERE resolved_at IS NOT NULL ORDER BY 1");
  }
}
