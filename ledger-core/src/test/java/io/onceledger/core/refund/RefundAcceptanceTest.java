package io.onceledger.core.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.ChargeAcceptance;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.idempotency.Acceptance.Mismatched;
import io.onceledger.core.idempotency.Acceptance.Refused;
import io.onceledger.core.idempotency.Acceptance.Replayed;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.Outcome;
import io.onceledger.core.refund.RefundRefusal.ExceedsCharge;
import io.onceledger.core.refund.RefundRefusal.NoSuchCharge;
import io.onceledger.core.refund.RefundRefusal.NotSucceeded;
import io.onceledger.core.testing.Explain;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestRefunds;
import io.onceledger.core.testing.TestWorker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefundAcceptanceTest {

  private LedgerDatabase database;
  private RefundAcceptance acceptance;
  private TestWorker worker;
  private Resource charge;

  @BeforeEach
  void a_charge_of_10000_has_succeeded() throws SQLException {
    database = LedgerDatabase.create();
    acceptance = new RefundAcceptance(database.writer());
    worker = new TestWorker(database);
    charge = TestRefunds.succeededCharge(database);
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
    assertThat(
            database.number(
                """
                SELECT (SELECT sum(deliveries) FROM delivery_tally)
                     - (SELECT count(*) FROM idempotency_key)
                     - (SELECT coalesce(sum(replays + mismatches), 0) FROM key_repeat)
                """))
        .as("deliveries that were not accounted for")
        .isZero();
  }

  @Test
  void a_new_key_makes_a_refund_a_message_and_a_reservation() throws SQLException {
    RefundReceipt receipt = executed(accept("r", 4_000L));

    assertThat(receipt.amount()).isEqualTo(4_000);
    assertThat(receipt.currency()).isEqualTo("USD");
    assertThat(database.column("SELECT status || ' ' || amount FROM refund"))
        .containsExactly("pending 4000");
    assertThat(database.column("SELECT resource_type FROM outbox_message"))
        .containsExactly("refund");
    assertThat(reserved()).isEqualTo(4_000);
  }

  @Test
  void no_amount_is_what_is_left() throws SQLException {
    accept("r1", 4_000L);

    assertThat(executed(accept("r2", null)).amount()).isEqualTo(6_000);
    assertThat(accept("r3", null)).isEqualTo(new Refused<>(new ExceedsCharge(0, "USD")));
  }

  @Test
  void a_repeat_gets_the_receipt_though_nothing_is_left() throws SQLException {
    RefundReceipt first = executed(accept("r", null));

    assertThat(accept("r", null)).isEqualTo(new Replayed<>(first));
    assertThat(accept("r", 10_000L))
        .as("the amount was not named before")
        .isEqualTo(mismatched(first, "/amount"));
    assertThat(reserved()).isEqualTo(10_000);
  }

  @Test
  void a_key_that_names_a_charge_is_used_for_something_else_and_the_other_way_round()
      throws SQLException {
    assertThat(accept("order-0", 1L))
        .isEqualTo(new Mismatched<RefundReceipt>(PublicId.CHARGE, charge.charge(), List.of()));

    RefundReceipt refund = executed(accept("r", 1L));
    var delivery = TestCharges.delivery(new Merchant(charge.merchant(), 0, Map.of()), "r", 1_000);
    assertThat(new ChargeAcceptance(database.writer()).write(List.of(delivery)).get(0))
        .isEqualTo(new Mismatched<>(PublicId.REFUND, refund.resource().refund(), List.of()));
  }

  @Test
  void the_same_key_for_another_charge_is_another_request() throws SQLException {
    RefundReceipt first = executed(accept("r", 1L));
    Resource other = Resource.charge(charge.merchant(), PublicId.next());

    assertThat(acceptance.write(List.of(TestRefunds.delivery(other, "r", 1L))).get(0))
        .isEqualTo(mismatched(first));
  }

  @Test
  void what_is_refused_leaves_the_key_free() throws SQLException {
    assertThat(accept("r", 10_001L)).isEqualTo(new Refused<>(new ExceedsCharge(10_000, "USD")));

    assertThat(accept("r", 10_000L)).isInstanceOf(Executed.class);
  }

  @Test
  void another_merchants_charge_is_none() throws SQLException {
    Resource others = Resource.charge(TestCharges.merchant(database).id(), charge.charge());

    assertThat(acceptance.write(List.of(TestRefunds.delivery(others, "r", 1L))).get(0))
        .isEqualTo(new Refused<>(new NoSuchCharge()));
  }

  @Test
  void a_charge_that_did_not_succeed_is_not_refunded() throws SQLException {
    TestCharges.accept(database, TestCharges.merchant(database), 1);
    Resource pending = worker.claim().resource();

    assertThat(acceptance.write(List.of(TestRefunds.delivery(pending, "r", 1L))).get(0))
        .isEqualTo(new Refused<>(new NotSucceeded(Status.PENDING)));
  }

  @Test
  void a_batch_that_is_run_again_reserves_once() throws SQLException {
    List<RefundDelivery> batch =
        List.of(
            TestRefunds.delivery(charge, "a", 3_000L),
            TestRefunds.delivery(charge, "b", 3_000L),
            TestRefunds.delivery(charge, "c", 3_000L));

    var first = acceptance.write(batch);

    assertThat(acceptance.write(batch)).isEqualTo(first).allMatch(Executed.class::isInstance);
    assertThat(reserved()).isEqualTo(9_000);
  }

  @Test
  void one_batch_holds_what_fits_in_the_order_of_its_deliveries() throws SQLException {
    var accepted =
        acceptance.write(
            List.of(
                TestRefunds.delivery(charge, "a", 6_000L),
                TestRefunds.delivery(charge, "b", 6_000L),
                TestRefunds.delivery(charge, "c", 4_000L),
                TestRefunds.delivery(charge, "a", 6_000L),
                TestRefunds.delivery(charge, "a", 5_000L)));

    assertThat(accepted)
        .extracting(each -> each.getClass().getSimpleName())
        .containsExactly("Executed", "Refused", "Executed", "Replayed", "Mismatched");
  }

  @Test
  void of_64_full_refunds_at_once_one_is_accepted() throws Exception {
    var accepted = atOnce(IntStream.range(0, 64).mapToObj(i -> delivery("r" + i, null)).toList());

    assertThat(accepted.stream().filter(Executed.class::isInstance)).hasSize(1);
    assertThat(accepted.stream().filter(Refused.class::isInstance)).hasSize(63);
    assertThat(reserved()).isEqualTo(10_000);
  }

  @Test
  void of_64_deliveries_of_one_key_at_once_all_get_the_receipt() throws Exception {
    var accepted = atOnce(IntStream.range(0, 64).mapToObj(i -> delivery("r", null)).toList());

    assertThat(accepted.stream().filter(Executed.class::isInstance)).hasSize(1);
    assertThat(accepted.stream().filter(Replayed.class::isInstance)).hasSize(63);
  }

  @Test
  void a_refund_that_succeeds_is_booked_once_and_the_fee_is_kept() throws SQLException {
    accept("r", 4_000L);
    Claim claim = worker.claim();

    assertThat(claim.work().payment()).isEqualTo("pay_worker");
    assertThat(claim.work().amount()).isEqualTo(4_000);
    assertThat(claim.work().idempotencyKey()).isEqualTo("r");
    worker.approve(claim);
    worker.approve(claim);

    assertThat(
            database.column(
                """
                SELECT kind || ' ' || debit_account || ' ' || credit_account || ' ' || amount
                FROM ledger_entry
                WHERE refund_id IS NOT NULL
                """))
        .containsExactly("refund merchant_payable processor_receivable 4000");
    assertThat(
            database.column(
                "SELECT debits || '/' || credits FROM account_balance ORDER BY account"))
        .containsExactly("0/320", "4320/10000", "10000/4000");
    assertThat(database.column("SELECT type FROM event ORDER BY sequence"))
        .containsExactly("charge.succeeded", "refund.succeeded");
    assertThat(database.column("SELECT amount_refunded FROM charge")).containsExactly("4000");
  }

  @Test
  void what_is_declined_or_canceled_is_left_again() throws SQLException {
    accept("r1", 10_000L);
    worker.record(
        worker.claim(), Outcome.DECLINED, new Conclude(Status.DECLINED, "expired", "ref_1"));

    assertThat(reserved()).isZero();
    assertThat(accept("r2", 10_000L)).isInstanceOf(Executed.class);
  }

  @Test
  void several_refunds_of_one_charge_in_one_batch_number_their_events_without_gaps()
      throws SQLException {
    for (int i = 0; i < 5; i++) {
      accept("r" + i, 1_000L);
    }
    for (Claim claim : worker.claim(5)) {
      worker.approve(claim);
    }

    assertThat(database.column("SELECT sequence FROM event ORDER BY sequence"))
        .containsExactly("1", "2", "3", "4", "5", "6");
  }

  private Acceptance<RefundReceipt> accept(String key, Long amount) throws SQLException {
    return acceptance.write(List.of(delivery(key, amount))).get(0);
  }

  private RefundDelivery delivery(String key, Long amount) {
    return TestRefunds.delivery(charge, key, amount);
  }

  private long reserved() {
    return database.number(
        "SELECT coalesce(amount_reserved, 0) FROM charge WHERE id = ?", charge.charge());
  }

  private static RefundReceipt executed(Acceptance<RefundReceipt> accepted) {
    return ((Executed<RefundReceipt>) accepted).receipt();
  }

  private static Mismatched<RefundReceipt> mismatched(RefundReceipt first, String... pointers) {
    return new Mismatched<>(PublicId.REFUND, first.resource().refund(), List.of(pointers));
  }

  private List<Acceptance<RefundReceipt>> atOnce(List<RefundDelivery> deliveries) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Acceptance<RefundReceipt>>> calls = new ArrayList<>();
      for (RefundDelivery delivery : deliveries) {
        calls.add(() -> acceptance.write(List.of(delivery)).get(0));
      }
      List<Acceptance<RefundReceipt>> answers = new ArrayList<>();
      for (Future<Acceptance<RefundReceipt>> call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  /** A join of the rows with each other would take the square of their number, in any plan. */
  @Test
  void each_row_is_looked_up_among_the_new_keys_and_not_compared_with_all_of_them()
      throws SQLException {
    try (Connection connection = database.writer().getConnection()) {
      assertThat(Explain.anyParameters(connection, RefundAcceptance.INSERT_NEW))
          .anyMatch(line -> line.contains("hashed SubPlan"))
          .noneMatch(line -> line.contains("Join Filter"));
    }
  }
}
