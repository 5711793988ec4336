package io.onceledger.core.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.closing.Closer.Step;
import io.onceledger.core.ledger.LedgerEntries;
import io.onceledger.core.testing.CuttingProxy;
import io.onceledger.core.testing.CuttingProxy.Cut;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.OwnThread;
import io.onceledger.core.testing.TestEntries;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloserTest {

  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private final LedgerDatabase database = LedgerDatabase.create();
  private final UUID merchant = database.merchant("key", 0, 0);
  private final Closer closer = new Closer(database.writer(), 10, 20);

  @AfterEach
  void what_is_closed_is_whole() throws SQLException {
    TestEntries.close(database, closer);
    TestEntries.audit(database);
    assertThat(database.violations()).isEmpty();
    assertThat(database.column(SEALED)).isEqualTo(database.column(CLOSED));
    assertThat(database.column(WRONG_SUMS)).isEmpty();
    assertThat(database.column(WRONG_CHECKPOINTS)).isEmpty();
  }

  @Test
  void an_entry_bears_the_time_of_its_statement_and_not_of_its_transaction() throws SQLException {
    try (Connection slow = database.writer().getConnection()) {
      slow.setAutoCommit(false);
      slow.createStatement().execute("SELECT 1");
      String begun = database.column("SELECT clock_timestamp()").get(0);
      LedgerEntries.post(slow, List.of(TestEntries.charged(merchant, 1)));
      slow.commit();

      assertThat(
              database.number(
                  "SELECT count(*) FROM ledger_entry WHERE posted_at > '" + begun + "'"))
          .isOne();
    }
  }

  @Test
  void what_is_under_way_holds_closing_back_and_is_not_missed() throws SQLException {
    TestEntries.close(database, closer);
    try (Connection slow = database.writer().getConnection()) {
      slow.setAutoCommit(false);
      LedgerEntries.post(slow, List.of(TestEntries.charged(merchant, 1)));
      UUID other = database.merchant("other", 0, 0);
      TestEntries.post(database, other, 3);

      assertThat(closer.close(AT_MOST)).isEqualTo(Step.WAITING);
      assertThat(closer.close(AT_MOST)).isEqualTo(Step.WAITING);
      assertThat(database.number("SELECT entries FROM closing")).isZero();
      slow.commit();
    }
    TestEntries.close(database, closer);

    assertThat(database.number("SELECT entries FROM closing")).isEqualTo(4);
  }

  /** It may have read the clock before the time that is being closed was set. */
  @Test
  void what_took_its_number_just_before_the_closer_is_waited_for() throws SQLException {
    TestEntries.close(database, closer);
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> closer.step() == Step.CLOSED);
    try (Connection slow = database.writer().getConnection()) {
      slow.setAutoCommit(false);
      slow.createStatement().execute("SELECT pg_current_xact_id()");

      assertThat(closer.step()).isEqualTo(Step.NUMBERED);
      assertThat(closer.step()).isEqualTo(Step.WAITING);
    }
  }

  @Test
  void a_transaction_that_only_reads_holds_nothing_back() throws SQLException {
    TestEntries.post(database, merchant, 1);
    try (Connection reader = database.writer().getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("SELECT count(*) FROM ledger_entry");

      TestEntries.close(database, closer);

      assertThat(database.number("SELECT entries FROM closing")).isOne();
    }
  }

  @Test
  void while_the_clock_is_behind_entries_follow_what_is_closed_and_closing_goes_on()
      throws SQLException {
    TestEntries.close(database, closer);
    database.execute("UPDATE closing SET posted_from = posted_from + interval '1 hour'");
    TestEntries.post(database, merchant, 15);
    TestEntries.close(database, closer);
    String closed = database.column("SELECT closed_until FROM closing").get(0);

    TestEntries.post(database, merchant, 15);

    assertThat(
            database.number(
                "SELECT count(*) FROM ledger_entry WHERE posted_at >= '" + closed + "'"))
        .isEqualTo(15);
    TestEntries.close(database, closer);
    assertThat(database.number("SELECT entries FROM closing")).isEqualTo(30);
  }

  @Test
  void entries_of_one_instant_are_cut_into_blocks() throws SQLException {
    TestEntries.post(database, merchant, 5);
    TestEntries.postAtOnce(database, merchant, 95);
    TestEntries.post(database, merchant, 10);

    TestEntries.close(database, closer);

    assertThat(database.number("SELECT count(*) FROM ledger_block")).isEqualTo(11);
    assertThat(database.number("SELECT max(entries) FROM ledger_block")).isEqualTo(10);
  }

  @Test
  void times_without_entries_make_no_blocks() throws SQLException {
    TestEntries.post(database, merchant, 1);
    TestEntries.close(database, closer);
    TestEntries.close(database, closer);

    assertThat(database.number("SELECT count(*) FROM ledger_block")).isOne();
  }

  @Test
  void of_two_closers_at_once_each_block_is_closed_by_one() {
    AtomicBoolean posting = new AtomicBoolean(true);
    List<CompletableFuture<Void>> closers =
        Stream.generate(() -> new Closer(database.writer(), 3, 20))
            .limit(3)
            .map(other -> OwnThread.run(() -> closeWhile(posting, other)))
            .toList();
    CompletableFuture.allOf(
            Stream.of("a", "b")
                .map(key -> database.merchant(key, 0, 0))
                .map(id -> OwnThread.run(() -> post(id, 60)))
                .toArray(CompletableFuture[]::new))
        .join();
    posting.set(false);
    closers.forEach(CompletableFuture::join);

    TestEntries.close(database, closer);

    assertThat(database.number("SELECT sum(entries) FROM ledger_block")).isEqualTo(120);
  }

  @Test
  void whoever_is_not_first_leaves() throws SQLException {
    try (Connection first = database.writer().getConnection()) {
      first.setAutoCommit(false);
      first.createStatement().execute("SELECT FROM closing FOR UPDATE");

      assertThat(closer.step()).isEqualTo(Step.BUSY);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void a_step_that_is_cut_off_is_whole_or_not_there(Cut cut) throws Exception {
    TestEntries.post(database, merchant, 25);
    try (CuttingProxy wire = database.wire()) {
      Closer unlucky = new Closer(database.writer(wire), 10, 20);
      for (int step = 0; step < 6; step++) {
        wire.cut(cut);
        assertThatThrownBy(unlucky::step).isInstanceOf(SQLException.class);
        assertThat(wire.isDone()).isTrue();
      }
    }
    TestEntries.close(database, closer);

    assertThat(database.number("SELECT entries FROM closing")).isEqualTo(25);
    assertThat(database.number("SELECT count(*) FROM ledger_block")).isEqualTo(3);
  }

  @Test
  void a_number_of_another_server_is_replaced() throws SQLException {
    TestEntries.post(database, merchant, 1);
    database.execute("UPDATE closing SET settled_by = '9223372036854775807'");

    TestEntries.close(database, closer);

    assertThat(database.number("SELECT entries FROM closing")).isOne();
  }

  private void closeWhile(AtomicBoolean posting, Closer closer) {
    try {
      while (posting.get()) {
        closer.close(AT_MOST);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void post(UUID merchant, int count) {
    try {
      TestEntries.post(database, merchant, count);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ids in the blocks, in their order. */
  private static final String SEALED =
      """
      SELECT encode(substring(digests FROM 24 * i + 1 FOR 16), 'hex')::uuid
      FROM ledger_block, generate_series(0, entries - 1) AS i
      ORDER BY n, i
      """;

  private static final String CLOSED =
      """
      SELECT e.id
      FROM ledger_entry AS e, closing
      WHERE e.posted_at < closed_until
      ORDER BY e.posted_at, e.id
      """;

  private static final String WRONG_SUMS =
      """
      SELECT c.merchant_id || ' ' || c.account
      FROM closed_balance AS c
      FULL JOIN account_balance AS b USING (merchant_id, account, currency)
      WHERE (c.debits, c.credits) IS DISTINCT FROM (b.debits, b.credits)
      """;

  private static final String WRONG_CHECKPOINTS =
      """
      SELECT c.merchant_id || ' ' || c.account || ' ' || c.at
      FROM account_checkpoint AS c
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(amount) FILTER (WHERE debit_account = c.account), 0) AS debits,
               coalesce(sum(amount) FILTER (WHERE credit_account = c.account), 0) AS credits
        FROM ledger_entry AS e
        WHERE e.merchant_id = c.merchant_id AND e.currency = c.currency AND e.posted_at < c.at
      ) AS e
      WHERE (c.debits, c.credits) IS DISTINCT FROM (e.debits, e.credits)
      """;
}
