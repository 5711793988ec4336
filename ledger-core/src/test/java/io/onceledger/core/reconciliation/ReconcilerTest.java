package io.onceledger.core.reconciliation;

import static io.onceledger.core.reconciliation.DifferenceKind.AMOUNT;
import static io.onceledger.core.reconciliation.DifferenceKind.CURRENCY;
import static io.onceledger.core.reconciliation.DifferenceKind.MISSING_HERE;
import static io.onceledger.core.reconciliation.DifferenceKind.MISSING_THERE;
import static io.onceledger.core.reconciliation.DifferenceKind.STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestRefunds;
import io.onceledger.core.testing.TestReport;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReconcilerTest extends ReconciliationTestCase {

  @Test
  void what_agrees_is_matched_and_nothing_is_opened() throws Exception {
    UUID charge = succeeded(10_000, "pay_1");

    Run run = reconcile(new TestReport().payment(merchant.id(), "pay_1", charge, 10_000, 150));

    assertThat(run.state()).isEqualTo("completed");
    assertThat(run.matched()).isEqualTo(1);
    assertThat(run.differences().values()).containsOnly(0L);
    assertThat(run.report().lines()).isEqualTo(1);
    assertThat(openDifferences()).isEmpty();
    assertThat(database.number("SELECT count(*) FROM review")).isZero();
  }

  /**
   * Breaks of every kind among sound charges: the found set is the broken set, no more, no less.
   */
  @Test
  void whatever_is_broken_is_found_and_nothing_else() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("ReconcilerTest seed " + seed);
    Random random = new Random(seed);
    TestReport report = new TestReport();
    List<String> broken = new ArrayList<>();
    UUID stranger = TestCharges.merchant(database).id();
    int matched = 0;
    for (int i = 0; i < 80; i++) {
      String payment = "pay_" + i;
      long amount = 1L + random.nextInt(100_000);
      UUID merchantId = merchant.id();
      switch (random.nextInt(12)) {
        case 0 -> {
          UUID nobody = UUID.randomUUID();
          report.payment(merchantId, payment, nobody, amount, 0);
          broken.add("missing_here " + reference(nobody));
        }
        case 1 -> broken.add("missing_there " + reference(succeeded(amount, payment)));
        case 2 -> {
          UUID charge = succeeded(amount, payment);
          report.payment(merchantId, payment, charge, amount + 1 + random.nextInt(100), 0);
          broken.add("amount " + reference(charge));
        }
        case 3 -> {
          UUID charge = succeeded(amount, payment);
          report.line(merchantId, "payment", payment, reference(charge), amount, "EUR", 0);
          broken.add("currency " + reference(charge));
        }
        case 4 -> {
          UUID charge = declined(amount);
          report.payment(merchantId, payment, charge, amount, 0);
          broken.add("status " + reference(charge));
        }
        case 5 -> {
          // Under another merchant: unknown there, and unreported here.
          UUID charge = succeeded(amount, payment);
          report.payment(stranger, payment, charge, amount, 0);
          broken.add("missing_here " + reference(charge));
          broken.add("missing_there " + reference(charge));
        }
        case 6 -> {
          // Charged twice: the second effect is none of ours.
          UUID charge = succeeded(amount, payment);
          report.payment(merchantId, payment, charge, amount, 0);
          report.payment(merchantId, payment + "_again", charge, amount, 0);
          broken.add("missing_here " + reference(charge));
          matched++;
        }
        case 7 -> declined(amount);
        case 8 -> inReview(amount);
        default -> {
          UUID charge = succeeded(amount, payment);
          report.payment(merchantId, payment, charge, amount, random.nextInt(50));
          matched++;
        }
      }
    }

    Run run = reconcile(report);

    assertThat(openDifferences()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(broken);
    assertThat(run.matched()).as("seed " + seed).isEqualTo(matched);
    for (DifferenceKind kind : DifferenceKind.values()) {
      assertThat(run.differences().get(kind))
          .as(kind + ", seed " + seed)
          .isEqualTo(broken.stream().filter(text -> text.startsWith(kind.text() + " ")).count());
    }
  }

  @Test
  void a_second_run_finds_the_same_rows_and_books_nothing_twice() throws Exception {
    UUID there = succeeded(10_000, "pay_1");
    UUID other = succeeded(10_000, "pay_2");
    TestReport report = new TestReport().payment(merchant.id(), "pay_2", other, 9_999, 0);
    Run first = reconcile(report);
    List<String> ids = database.column("SELECT id FROM reconciliation_difference ORDER BY 1");
    long entries = database.number("SELECT count(*) FROM ledger_entry");

    Run second = reconcile(report);

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.differences())
        .isEqualTo(first.differences())
        .isEqualTo(
            Map.of(MISSING_HERE, 0L, MISSING_THERE, 1L, AMOUNT, 1L, CURRENCY, 0L, STATUS, 0L));
    assertThat(database.column("SELECT id FROM reconciliation_difference ORDER BY 1"))
        .isEqualTo(ids);
    assertThat(
            database.number(
                "SELECT count(*) FROM reconciliation_difference WHERE last_seen > first_seen"))
        .isEqualTo(2);
    assertThat(database.number("SELECT count(*) FROM ledger_entry")).isEqualTo(entries);
    assertThat(openDifferences()).contains("missing_there " + reference(there));
  }

  @Test
  void a_report_heals_what_is_unknown_by_proof() throws Exception {
    UUID charge = inReview(10_000);

    Run run = reconcile(new TestReport().payment(merchant.id(), "pay_9", charge, 10_000, 150));

    assertThat(run.healed()).isEqualTo(1);
    assertThat(run.matched()).isEqualTo(1);
    assertThat(openDifferences()).isEmpty();
    assertThat(database.column("SELECT status || ' ' || processor_payment FROM charge"))
        .containsExactly("succeeded pay_9");
    assertThat(database.column("SELECT type FROM event ORDER BY sequence"))
        .containsExactly("charge.unknown", "charge.needs_review", "charge.succeeded");
    assertThat(database.column("SELECT kind || ' ' || amount FROM ledger_entry ORDER BY 1"))
        .containsExactly("charge 10000", "fee 320", "processor_fee 150", "settlement 9850");
    assertThat(database.number("SELECT count(*) FROM outbox_message")).isZero();
    assertThat(database.column("SELECT note FROM review WHERE resolved_at IS NOT NULL"))
        .containsExactly("found out by the report of " + today);
  }

  @Test
  void a_worker_that_was_looking_it_up_writes_nothing_any_more() throws Exception {
    UUID charge = inReview(10_000);
    database.execute("UPDATE outbox_message SET step = 'look_up', due_at = now() - interval '1 s'");
    Claim held = worker.claim();

    reconcile(new TestReport().payment(merchant.id(), "pay_9", charge, 10_000, 0));

    assertThat(worker.approve(held)).isEqualTo(Recorded.STALE);
    assertThat(database.number("SELECT count(*) FROM ledger_entry WHERE kind = 'charge'"))
        .isEqualTo(1);
  }

  @Test
  void what_is_being_sent_is_left_to_its_worker_and_is_no_difference() throws Exception {
    Claim held = charge(10_000);

    Run run =
        reconcile(
            new TestReport().payment(merchant.id(), "pay_worker", held.resource().id(), 10_000, 0));

    assertThat(run.healed()).isZero();
    assertThat(run.waiting()).isEqualTo(1);
    assertThat(openDifferences()).isEmpty();
    assertThat(worker.approve(held)).isEqualTo(Recorded.WRITTEN);
  }

  @Test
  void another_amount_proves_nothing() throws Exception {
    UUID charge = inReview(10_000);

    Run run = reconcile(new TestReport().payment(merchant.id(), "pay_9", charge, 9_999, 0));

    assertThat(run.healed()).isZero();
    assertThat(database.column("SELECT status FROM charge")).containsExactly("needs_review");
    assertThat(openDifferences()).containsExactly("amount " + reference(charge));
  }

  @Test
  void evidence_against_a_final_status_changes_nothing_and_asks_a_person_once() throws Exception {
    UUID charge = declined(10_000);
    TestReport report = new TestReport().payment(merchant.id(), "pay_9", charge, 10_000, 0);

    reconcile(report);
    reconcile(report);

    assertThat(database.column("SELECT status FROM charge")).containsExactly("declined");
    assertThat(database.column("SELECT reason FROM review"))
        .containsExactly(
            "The report of %s has payment pay_9 for what is declined here".formatted(today));
  }

  @Test
  void a_refund_is_settled_compared_and_healed_as_its_charge_is() throws Exception {
    Resource charge = Resource.charge(merchant.id(), succeeded(10_000, "pay_1"));
    Resource approved = TestRefunds.accept(database, charge, "r1", 1_000L);
    worker.approve(worker.claim(approved.refund()));
    Resource unknown = TestRefunds.accept(database, charge, "r2", 2_000L);
    worker.park(unknown.refund(), "cannot be asked");
    Resource missing = TestRefunds.accept(database, charge, "r3", 3_000L);
    worker.approve(worker.claim(missing.refund()));

    Run run =
        reconcile(
            new TestReport()
                .payment(merchant.id(), "pay_1", charge.charge(), 10_000, 0)
                .line(merchant.id(), "refund", "pay_1", approved.text(), 1_000, "USD", 0)
                .line(merchant.id(), "refund", "pay_1", unknown.text(), 2_000, "USD", 0));

    assertThat(run.matched()).isEqualTo(3);
    assertThat(run.healed()).isEqualTo(1);
    assertThat(openDifferences()).containsExactly("missing_there " + missing.text());
    assertThat(database.column("SELECT status FROM refund ORDER BY amount"))
        .containsOnly("succeeded");
    assertThat(
            database.column(
                "SELECT debits || '/' || credits FROM account_balance"
                    + " WHERE account = 'settlement_bank'"))
        .containsExactly("10000/3000");
  }

  @Test
  void a_refund_that_was_made_twice_is_found_however_its_lines_are_named() throws Exception {
    Resource charge = Resource.charge(merchant.id(), succeeded(10_000, "pay_1"));
    Resource ofPayment = approvedRefund(charge, "r1", 1_000);
    Resource ofItself = approvedRefund(charge, "r2", 2_000);
    Resource once = approvedRefund(charge, "r3", 3_000);
    TestReport report =
        new TestReport()
            .payment(merchant.id(), "pay_1", charge.charge(), 10_000, 0)
            .line(merchant.id(), "refund", "pay_1", ofPayment.text(), 1_000, "USD", 0)
            .line(merchant.id(), "refund", "ref_1", ofPayment.text(), 1_000, "USD", 0)
            .line(merchant.id(), "refund", "ref_2", ofItself.text(), 2_000, "USD", 0)
            .line(merchant.id(), "refund", "ref_3", once.text(), 3_000, "USD", 0);

    Run run = reconcile(today.minusDays(1), report);
    assertThat(run.matched()).isEqualTo(4);
    assertThat(openDifferences()).containsExactly("missing_here " + ofPayment.text());

    reconcile(
        new TestReport().line(merchant.id(), "refund", "ref_0", ofItself.text(), 2_000, "USD", 0));
    assertThat(openDifferences())
        .containsExactlyInAnyOrder(
            "missing_here " + ofPayment.text(), "missing_here " + ofItself.text());
    assertThat(database.column("SELECT payment FROM reconciliation_difference ORDER BY 1"))
        .as("the line that came second")
        .containsExactly("ref_0", "ref_1");
  }

  @Test
  void of_two_lines_of_a_refund_the_one_with_its_figures_is_its_own() throws Exception {
    Resource charge = Resource.charge(merchant.id(), succeeded(10_000, "pay_1"));
    Resource refund = approvedRefund(charge, "r1", 1_000);

    reconcile(
        today.minusDays(1),
        new TestReport()
            .payment(merchant.id(), "pay_1", charge.charge(), 10_000, 0)
            .line(merchant.id(), "refund", "ref_1", refund.text(), 999, "USD", 0));
    assertThat(openDifferences()).containsExactly("amount " + refund.text());

    reconcile(
        new TestReport().line(merchant.id(), "refund", "ref_2", refund.text(), 1_000, "USD", 0));
    assertThat(
            database.column(
                "SELECT kind || ' ' || payment FROM reconciliation_difference"
                    + " WHERE resolved_at IS NULL"))
        .containsExactly("missing_here ref_1");
  }

  @Test
  void what_only_a_later_report_names_is_gone_then() throws Exception {
    UUID charge = succeeded(10_000, "pay_1");
    reconcile(new TestReport());
    assertThat(openDifferences()).containsExactly("missing_there " + reference(charge));

    Run run = reconcile(new TestReport().payment(merchant.id(), "pay_1", charge, 10_000, 0));

    assertThat(openDifferences()).isEmpty();
    assertThat(run.open()).isZero();
    assertThat(database.column("SELECT note FROM reconciliation_difference"))
        .containsExactly("Gone: it is in the report of " + today);
  }

  @Test
  void what_an_earlier_report_has_named_is_not_missing() throws Exception {
    UUID charge = succeeded(10_000, "pay_1");
    reconcile(
        today.minusDays(1), new TestReport().payment(merchant.id(), "pay_1", charge, 10_000, 0));

    assertThat(reconcile(new TestReport()).differences().get(MISSING_THERE)).isZero();
  }

  @Test
  void what_an_operator_has_explained_stays_explained() throws Exception {
    succeeded(10_000, "pay_1");
    Run run = reconcile(new TestReport());
    Difference difference =
        differences
            .page(
                new DifferenceFilter(today, Optional.empty(), Optional.empty()),
                Optional.empty(),
                10)
            .items()
            .get(0);
    differences.resolve(run, difference.id(), "settled by cheque", OPERATOR);

    reconcile(new TestReport());
    Difference again =
        differences.resolve(run, difference.id(), "other words", UUID.randomUUID()).orElseThrow();

    assertThat(again.resolution().note()).isEqualTo("settled by cheque");
    assertThat(openDifferences()).isEmpty();
  }

  @Test
  void what_comes_back_is_open_again() throws Exception {
    UUID charge = succeeded(10_000, "pay_1");
    reconcile(new TestReport());
    database.execute(
        "UPDATE reconciliation_difference SET resolved_at = now(), note = 'Gone: by mistake'");

    reconcile(new TestReport());

    assertThat(openDifferences()).containsExactly("missing_there " + reference(charge));
  }

  @Test
  void a_success_that_is_younger_than_the_report_may_be_is_not_missing() throws Exception {
    succeeded(10_000, "pay_1");
    reconciler =
        new Reconciler(
            database.writer(),
            queue,
            new ReconciliationTerms(TERMS.lease(), Duration.ofHours(1), Duration.ZERO));

    assertThat(reconcile(new TestReport()).differences().get(MISSING_THERE)).isZero();

    // The report was read an hour later.
    database.execute("UPDATE settlement_import SET started_at = started_at + interval '61 min'");
    assertThat(reconcile(new TestReport()).differences().get(MISSING_THERE)).isEqualTo(1);
  }

  @Test
  void around_midnight_either_days_report_will_do() throws Exception {
    UUID charge = succeeded(10_000, "pay_1");
    database.execute(
        """
        UPDATE ledger_entry SET posted_at = (now() AT TIME ZONE 'UTC')::date::timestamp
          AT TIME ZONE 'UTC' - interval '1 min';
        UPDATE charge SET created_at = (now() AT TIME ZONE 'UTC')::date::timestamp
          AT TIME ZONE 'UTC' - interval '2 min';
        """);
    reconciler =
        new Reconciler(
            database.writer(),
            queue,
            new ReconciliationTerms(TERMS.lease(), Duration.ZERO, Duration.ofMinutes(5)));

    assertThat(reconcile(today.minusDays(1), new TestReport()).differences().get(MISSING_THERE))
        .as("today's report may have it")
        .isZero();
    assertThat(reconcile(new TestReport()).differences().get(MISSING_THERE))
        .as("it has not")
        .isEqualTo(1);
    assertThat(openDifferences()).containsExactly("missing_there " + reference(charge));
  }

  @Test
  void a_day_whose_report_was_never_read_accuses_nobody() throws Exception {
    succeeded(10_000, "pay_1");
    database.execute("UPDATE charge SET created_at = created_at - interval '1 day'");

    assertThat(reconcile(new TestReport()).differences().get(MISSING_THERE))
        .as("its effect may be in yesterday's report")
        .isZero();
  }

  @Test
  void a_report_that_cannot_be_read_fails_the_run_visibly_and_it_is_tried_again() throws Exception {
    UUID charge = succeeded(10_000, "pay_1");
    Run requested = reconciliations.request(today, OPERATOR).orElseThrow();
    ClaimedRun claimed = queue.claim().orElseThrow();
    assertThatThrownBy(
            () ->
                reconciler.make(
                    claimed,
                    day -> {
                      throw new IOException("no report yet");
                    }))
        .hasMessage("no report yet");
    queue.fail(claimed, "no report yet");

    Run failed = reconciliations.find(requested.id()).orElseThrow();
    assertThat(failed.state()).isEqualTo("failed");
    assertThat(failed.failure()).isEqualTo("no report yet");
    assertThat(failed.nextAttemptAt()).isNotNull();
    assertThat(queue.claim()).as("after a pause").isEmpty();
    assertThat(openDifferences()).as("an empty hand proves nothing").isEmpty();

    // Whoever asks for it need not wait.
    Run done = reconcile(new TestReport().payment(merchant.id(), "pay_1", charge, 10_000, 0));
    assertThat(done.id()).isEqualTo(requested.id());
    assertThat(done.state()).isEqualTo("completed");
    assertThat(done.attempts()).isEqualTo(2);
  }

  @Test
  void bad_lines_are_shown_with_the_run() throws Exception {
    Run run = reconcile(new TestReport().raw("bad").raw("worse"));

    assertThat(run.report().rejected()).isEqualTo(2);
    assertThat(reconciliations.rejections(run, 1))
        .containsExactly(new Reconciliations.Rejection(2, "has 1 columns and not 8"));
  }

  private Resource approvedRefund(Resource charge, String key, long amount) throws SQLException {
    Resource refund = TestRefunds.accept(database, charge, key, amount);
    worker.approve(worker.claim(refund.refund()));
    return refund;
  }
}
