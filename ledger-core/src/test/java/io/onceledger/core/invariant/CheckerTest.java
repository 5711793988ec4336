package io.onceledger.core.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.outbox.Claim;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.OwnThread;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestEntries;
import io.onceledger.core.testing.TestWorker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerTest {

  /** Four charges of one merchant, three of another, two and two of more. */
  private static final int CHARGES = 11;

  /** One of each for each charge, and as many of merchants that have nothing but the one kind. */
  private static final String LINES_AND_DISPUTES =
      """
      CREATE TABLE stranger AS
        SELECT gen_random_uuid() AS of_lines, gen_random_uuid() AS of_disputes FROM charge;
      INSERT INTO settlement_line (merchant_id, id, import_id, settled_at, amount, fee, report_date,
        type, currency, payment, reference)
      SELECT merchant_id, gen_random_uuid(), gen_random_uuid(), now(), 1, 0, now(), 'payment', 'USD',
             gen_random_uuid(), 'x'
      FROM (SELECT merchant_id FROM charge UNION ALL SELECT of_lines FROM stranger) AS subject;
      INSERT INTO dispute (merchant_id, charge_id, id, created_at, updated_at, amount, opening_seen,
        processor_dispute, payment, currency, status)
      SELECT merchant_id, gen_random_uuid(), gen_random_uuid(), now(), now(), 1, false, 'dp', 'pay',
             'USD', 'waiting'
      FROM (SELECT merchant_id FROM charge UNION ALL SELECT of_disputes FROM stranger) AS subject;
      """;

  private static final Duration WHOLE_ROUND = Duration.ofMinutes(1);

  private final LedgerDatabase database = LedgerDatabase.create();

  @BeforeEach
  void charges_of_several_merchants() throws SQLException {
    for (int charges : List.of(4, 3, 2, 2)) {
      TestCharges.accept(database, TestCharges.merchant(database), charges);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 100})
  void whatever_the_size_of_a_slice_each_row_is_in_one_of_them(int slice) throws SQLException {
    Checker checker = checker(slice);
    database.execute(
        """
        UPDATE charge SET event_count = 7;
        UPDATE idempotency_key SET resource_id = gen_random_uuid();
        DELETE FROM outbox_message;
        """);
    database.execute(LINES_AND_DISPUTES);

    assertThat(checker.check(WHOLE_ROUND)).isTrue();
    assertThat(found("settlement_line_has_its_entries")).isEqualTo(2 * CHARGES);
    assertThat(found("dispute_fits_its_charge")).isEqualTo(2 * CHARGES);
    assertThat(found("charge_has_its_events")).isEqualTo(CHARGES);
    assertThat(found("open_charge_has_its_message")).isEqualTo(CHARGES);
    assertThat(found("charge_has_its_key")).isEqualTo(CHARGES);
    assertThat(found("key_has_its_charge")).isEqualTo(CHARGES);

    database.execute("UPDATE charge SET event_count = 0, status = 'canceled'");
    checker.check(WHOLE_ROUND);
    assertThat(found("charge_has_its_events")).isZero();
    assertThat(found("open_charge_has_its_message")).isZero();
    assertThat(found("key_has_its_charge")).isEqualTo(CHARGES);
  }

  @Test
  void with_no_time_it_goes_on_where_it_was_and_comes_round() throws SQLException {
    Checker checker = checker(1);
    checker.check(Duration.ZERO);
    assertThat(rounds()).isZero();
    database.execute("UPDATE charge SET event_count = 7; DELETE FROM outbox_message;");

    // The round that was begun before has passed by the first row.
    for (int round = 0; round < 2; round++) {
      database.execute("UPDATE invariant_sweep SET round_ended_at = NULL");
      while (rounds() < 2) {
        checker.check(Duration.ZERO);
      }
    }

    assertThat(found("charge_has_its_events")).isEqualTo(CHARGES);
  }

  @Test
  void what_was_booked_lately_and_what_was_found_before_do_not_wait_for_their_turn()
      throws SQLException {
    TestWorker worker = new TestWorker(database);
    for (Claim claim : worker.claim(3)) {
      worker.approve(claim);
    }
    TestEntries.close(database);
    // None of these is in a slice of one row at the beginning of the round.
    database.execute(
        """
        DELETE FROM outbox_message;
        UPDATE charge SET event_count = 7
        WHERE merchant_id = (SELECT merchant_id FROM charge ORDER BY merchant_id DESC LIMIT 1);
        UPDATE charge SET event_count = 8 WHERE status = 'succeeded';
        UPDATE invariant_sweep SET after_merchant = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
        """);
    Checker checker = new Checker(database.writer());

    checker.check(Duration.ZERO);
    assertThat(found("charge_has_its_events")).isEqualTo(3);

    database.execute(
        """
        UPDATE charge SET event_count = 1 WHERE status = 'succeeded';
        UPDATE invariant_sweep SET after_merchant = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
        """);
    checker.check(Duration.ZERO);
    assertThat(found("charge_has_its_events")).isZero();
  }

  @Test
  void of_several_at_once_one_does_each_step() throws Exception {
    database.execute("UPDATE charge SET event_count = 7");

    CompletableFuture.allOf(OwnThread.run(this::checkTenTimes), OwnThread.run(this::checkTenTimes))
        .get();

    assertThat(checker(2).check(WHOLE_ROUND)).isTrue();
    assertThat(found("charge_has_its_events")).isEqualTo(CHARGES);
  }

  private void checkTenTimes() {
    try {
      for (int i = 0; i < 10; i++) {
        checker(2).check(WHOLE_ROUND);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoever_is_not_first_leaves_and_claims_nothing() throws SQLException {
    try (Connection first = database.writer().getConnection()) {
      first.setAutoCommit(false);
      first.createStatement().execute("SELECT FROM invariant_watch FOR UPDATE");

      assertThat(new Checker(database.writer()).check(WHOLE_ROUND)).isFalse();
    }
    assertThat(database.column("SELECT checked_at FROM invariant_watch")).containsOnlyNulls();
  }

  @Test
  void what_is_kept_is_told_as_long_as_someone_checks() throws SQLException {
    Invariants invariants = new Invariants(database.operator());
    new Checker(database.writer()).check(WHOLE_ROUND);
    database.execute("UPDATE charge SET event_count = 7");

    assertThat(invariants.read().violations()).isEmpty();
    database.execute("UPDATE invariant_watch SET checked_at = now() - interval '11 seconds'");
    assertThat(invariants.read().violations()).hasSize(CHARGES);
  }

  /** Behind the blocks, from the running sums: as the view that reads all entries. */
  @Test
  void balances_are_held_against_closed_sums_and_what_came_since() throws SQLException {
    TestWorker worker = new TestWorker(database);
    Checker checker = new Checker(database.writer());
    for (Claim claim : worker.claim(2)) {
      worker.approve(claim);
      checker.check(WHOLE_ROUND);
      assertThat(found("balance_equals_entries")).isZero();
      TestEntries.close(database);
      checker.check(WHOLE_ROUND);
      assertThat(found("balance_equals_entries")).isZero();
    }

    database.execute("UPDATE account_balance SET debits = debits + 1 WHERE debits > 0");
    checker.check(WHOLE_ROUND);
    assertThat(found("balance_equals_entries"))
        .isEqualTo(database.number("SELECT count(*) FROM account_balance WHERE debits > 0"));
    assertThat(found("debits_equal_credits")).isEqualTo(1);
  }

  /** What it costs must not grow with what closing has left undone. */
  @Test
  void balances_wait_until_closing_has_come_near() throws SQLException {
    TestEntries.post(database, TestCharges.merchant(database).id(), 3);
    database.execute("UPDATE account_balance SET debits = debits + 1 WHERE debits > 0");
    database.execute("UPDATE charge SET event_count = 7");

    assertThat(new Checker(database.writer(), 1_000, 2).check(WHOLE_ROUND)).isFalse();
    assertThat(found("balance_equals_entries")).isZero();
    assertThat(found("charge_has_its_events")).isEqualTo(CHARGES);
    assertThat(database.column("SELECT checked_at FROM invariant_watch")).containsOnlyNulls();

    assertThat(new Checker(database.writer(), 1_000, 3).check(WHOLE_ROUND)).isTrue();
    assertThat(found("balance_equals_entries")).isPositive();
  }

  private Checker checker(int slice) {
    return new Checker(database.writer(), slice, 1_000);
  }

  private long rounds() {
    return database.number("SELECT count(*) FROM invariant_sweep WHERE round_ended_at IS NOT NULL");
  }

  private long found(String name) {
    return database.number("SELECT count(*) FROM violation_found WHERE name = ?", name);
  }
}
