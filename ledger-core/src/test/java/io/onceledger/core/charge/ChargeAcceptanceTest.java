package io.onceledger.core.charge;

import static io.onceledger.core.testing.TestCharges.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.idempotency.Acceptance.Mismatched;
import io.onceledger.core.idempotency.Acceptance.Refused;
import io.onceledger.core.idempotency.Acceptance.Replayed;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.testing.Explain;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChargeAcceptanceTest {

  private LedgerDatabase database;
  private ChargeAcceptance acceptance;
  private Merchant merchant;

  @BeforeEach
  void open() {
    database = LedgerDatabase.create();
    acceptance = new ChargeAcceptance(database.writer());
    merchant = TestCharges.merchant(database);
  }

  @AfterEach
  void the_books_are_right() {
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void a_first_delivery_writes_key_charge_and_message() throws SQLException {
    ChargeDelivery delivery = delivery(merchant, "k", 1000);

    Acceptance<ChargeReceipt> accepted = accept(delivery);

    assertThat(accepted).isInstanceOf(Executed.class);
    assertThat(rows()).containsExactly(1, 1, 1);
    assertThat(((Executed<ChargeReceipt>) accepted).receipt().resource().charge())
        .isEqualTo(delivery.proposedId());
  }

  @Test
  void a_repeat_gets_the_receipt_of_the_first() throws SQLException {
    ChargeReceipt first =
        ((Executed<ChargeReceipt>) accept(delivery(merchant, "k", 1000))).receipt();

    Acceptance<ChargeReceipt> second = accept(delivery(merchant, "k", 1000));

    assertThat(second).isEqualTo(new Replayed<>(first));
    assertThat(rows()).containsExactly(1, 1, 1);
  }

  @Test
  void another_body_under_the_key_is_named_and_leaves_nothing() throws SQLException {
    ChargeReceipt first =
        ((Executed<ChargeReceipt>) accept(delivery(merchant, "k", 1000))).receipt();

    Acceptance<ChargeReceipt> second = accept(delivery(merchant, "k", 1001));

    assertThat(second)
        .isEqualTo(
            new Mismatched<ChargeReceipt>(
                PublicId.CHARGE, first.resource().charge(), List.of("/amount")));
    assertThat(rows()).containsExactly(1, 1, 1);
  }

  @Test
  void keys_differ_by_case() throws SQLException {
    assertThat(accept(delivery(merchant, "k", 1000))).isInstanceOf(Executed.class);
    assertThat(accept(delivery(merchant, "K", 1000))).isInstanceOf(Executed.class);
  }

  @Test
  void two_merchants_with_equal_keys_have_a_charge_each() throws SQLException {
    Merchant other = TestCharges.merchant(database);

    List<Acceptance<ChargeReceipt>> accepted =
        acceptance.write(List.of(delivery(merchant, "k", 1000), delivery(other, "k", 1000)));

    assertThat(accepted).allMatch(Executed.class::isInstance);
    assertThat(rows()).containsExactly(2, 2, 2);
  }

  @Test
  void equal_keys_in_one_batch_make_one_charge() throws SQLException {
    List<Acceptance<ChargeReceipt>> accepted =
        acceptance.write(
            List.of(
                delivery(merchant, "k", 1000),
                delivery(merchant, "k", 1000),
                delivery(merchant, "k", 1001)));

    assertThat(accepted.stream().filter(Executed.class::isInstance)).hasSize(1);
    assertThat(
            accepted.stream().filter(Replayed.class::isInstance).count()
                + accepted.stream().filter(Mismatched.class::isInstance).count())
        .isEqualTo(2);
    assertThat(rows()).containsExactly(1, 1, 1);
  }

  @Test
  void a_batch_that_is_run_again_calls_its_own_charges_executed() throws SQLException {
    List<ChargeDelivery> batch =
        List.of(delivery(merchant, "a", 1000), delivery(merchant, "b", 1000));

    List<Acceptance<ChargeReceipt>> first = acceptance.write(batch);
    List<Acceptance<ChargeReceipt>> again = acceptance.write(batch);

    assertThat(again).isEqualTo(first).allMatch(Executed.class::isInstance);
    assertThat(rows()).containsExactly(2, 2, 2);
  }

  @Test
  void a_currency_that_is_not_in_use_is_refused_unless_the_key_is_known() throws SQLException {
    assertThat(accept(delivery(merchant, "k", 1000, "HRK")))
        .isEqualTo(new Refused<>(ChargeAcceptance.CURRENCY_NOT_IN_USE));
    assertThat(rows()).containsExactly(0, 0, 0);

    accept(delivery(merchant, "k", 1000));
    database.execute("UPDATE charge SET currency = 'HRK'");
    ChargeDelivery withdrawn = delivery(merchant, "k", 1000, "HRK");
    database.execute(
        "UPDATE idempotency_key SET fingerprint = decode('%s', 'hex')"
            .formatted(java.util.HexFormat.of().formatHex(withdrawn.fingerprint().bytes())));

    assertThat(accept(withdrawn)).isInstanceOf(Replayed.class);
  }

  @Test
  void sixty_four_equal_deliveries_at_once_make_one_charge() throws Exception {
    List<Acceptance<ChargeReceipt>> accepted = atOnce(64, i -> delivery(merchant, "k", 1000));

    assertThat(accepted.stream().filter(Executed.class::isInstance)).hasSize(1);
    assertThat(accepted.stream().filter(Replayed.class::isInstance)).hasSize(63);
    assertThat(accepted.stream().map(ChargeAcceptanceTest::receipt).distinct()).hasSize(1);
    assertThat(rows()).containsExactly(1, 1, 1);
  }

  @Test
  void of_two_bodies_at_once_one_wins_and_the_other_leaves_nothing() throws Exception {
    List<Acceptance<ChargeReceipt>> accepted =
        atOnce(64, i -> delivery(merchant, "k", 1000 + i % 2));

    assertThat(accepted.stream().filter(Executed.class::isInstance)).hasSize(1);
    assertThat(accepted.stream().filter(Replayed.class::isInstance)).hasSize(31);
    assertThat(accepted.stream().filter(Mismatched.class::isInstance)).hasSize(32);
    assertThat(rows()).containsExactly(1, 1, 1);
  }

  @Test
  void batches_that_cross_do_not_deadlock() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("batches_that_cross_do_not_deadlock seed " + seed);
    Random random = new Random(seed);
    List<Callable<List<Acceptance<ChargeReceipt>>>> batches = new ArrayList<>();
    for (int b = 0; b < 8; b++) {
      List<ChargeDelivery> batch =
          new ArrayList<>(
              IntStream.range(0, 200).mapToObj(i -> delivery(merchant, "k" + i, 1000)).toList());
      Collections.shuffle(batch, random);
      batches.add(() -> acceptance.write(batch));
    }

    List<Acceptance<ChargeReceipt>> accepted = run(batches).stream().flatMap(List::stream).toList();

    assertThat(accepted.stream().filter(Executed.class::isInstance)).hasSize(200);
    assertThat(rows()).containsExactly(200, 200, 200);
  }

  @Test
  void deliveries_are_executed_replayed_and_mismatched_ones() throws Exception {
    accept(delivery(merchant, "other", 1000));

    atOnce(64, i -> delivery(merchant, "k", 1000 + i % 2));
    accept(delivery(merchant, "refused", 1000, "HRK"));

    assertThat(repeats("k")).containsExactly(31, 32);
    assertThat(repeats("other")).containsExactly(0, 0);
    assertThat(database.number("SELECT sum(deliveries) FROM delivery_tally")).isEqualTo(65);
  }

  @Test
  void a_batch_that_is_run_again_counts_once() throws SQLException {
    accept(delivery(merchant, "k", 1000));
    List<ChargeDelivery> batch =
        List.of(
            delivery(merchant, "new", 1000),
            delivery(merchant, "k", 1000),
            delivery(merchant, "k", 1001));

    acceptance.write(batch);
    acceptance.write(batch);

    assertThat(repeats("k")).containsExactly(1, 1);
    assertThat(repeats("new")).containsExactly(0, 0);
    assertThat(database.number("SELECT sum(deliveries) FROM delivery_tally")).isEqualTo(4);
  }

  @Test
  void a_key_is_compared_in_the_canonical_form_that_it_was_stored_in() throws SQLException {
    accept(delivery(merchant, "k", 1000));
    database.execute("UPDATE idempotency_key SET fingerprint_version = 2");

    assertThatThrownBy(() -> accept(delivery(merchant, "k", 1000)))
        .hasMessageContaining("no canonical form of charges has version 2");
    database.execute("UPDATE idempotency_key SET fingerprint_version = 1");
  }

  private List<Integer> repeats(String key) {
    return List.of("replays", "mismatches").stream()
        .map(
            count ->
                (int)
                    database.number(
                        "SELECT coalesce(sum(%s), 0) FROM key_repeat WHERE key = ?"
                            .formatted(count),
                        key))
        .toList();
  }

  private Acceptance<ChargeReceipt> accept(ChargeDelivery delivery) throws SQLException {
    return acceptance.write(List.of(delivery)).get(0);
  }

  private List<Acceptance<ChargeReceipt>> atOnce(
      int count, java.util.function.IntFunction<ChargeDelivery> make) throws Exception {
    return run(
        IntStream.range(0, count)
            .mapToObj(make)
            .<Callable<Acceptance<ChargeReceipt>>>map(delivery -> () -> accept(delivery))
            .toList());
  }

  private static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static ChargeReceipt receipt(Acceptance<ChargeReceipt> accepted) {
    return accepted instanceof Executed<ChargeReceipt> executed
        ? executed.receipt()
        : ((Replayed<ChargeReceipt>) accepted).receipt();
  }

  private List<Integer> rows() {
    return List.of("idempotency_key", "charge", "outbox_message").stream()
        .map(table -> (int) database.number("SELECT count(*) FROM " + table))
        .toList();
  }

  /** A join of the rows with each other would take the square of their number, in any plan. */
  @Test
  void each_row_is_looked_up_among_the_new_keys_and_not_compared_with_all_of_them()
      throws SQLException {
    try (Connection connection = database.writer().getConnection()) {
      assertThat(Explain.anyParameters(connection, ChargeAcceptance.INSERT_NEW))
          .anyMatch(line -> line.contains("hashed SubPlan"))
          .noneMatch(line -> line.contains("Join Filter"));
    }
  }
}
