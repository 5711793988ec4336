package io.onceledger.core.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.closing.Auditor.Progress;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestEntries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does to closed books what only a superuser can do, and sees it named. */
class AuditorTest {

  private static final int ENTRIES = 12;

  private final LedgerDatabase database = LedgerDatabase.create();
  private final UUID merchant = database.merchant("key", 0, 0);
  private final Auditor auditor = new Auditor(database.writer());

  /** Three blocks of four entries of 1, 2, … cents, and time after them that is closed. */
  @BeforeEach
  void closed_books() throws SQLException {
    TestEntries.post(database, merchant, ENTRIES);
    TestEntries.close(database, new Closer(database.writer(), 4, 1_000));
    TestEntries.close(database, new Closer(database.writer(), 4, 1_000));
    TestEntries.audit(database);
    database.execute(
        "CREATE TABLE kept_entry AS TABLE ledger_entry; CREATE TABLE kept_block AS TABLE"
            + " ledger_block;");
    assertThat(differences()).isEmpty();
  }

  /** An entry is called by its amount, a block by its number. */
  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          UPDATE ledger_entry SET amount = 700 WHERE amount = 7 | 2 700 changed
          UPDATE ledger_entry SET debit_account = 'settlement_bank' WHERE amount = 1 | 1 1 changed
          UPDATE ledger_entry SET kind = 'fee' WHERE amount = 12 | 3 12 changed
          UPDATE ledger_entry SET charge_id = NULL WHERE amount = 5 | 2 5 changed
          UPDATE ledger_entry SET refund_id = charge_id, charge_id = NULL WHERE amount = 5 | 2 5 changed
          UPDATE ledger_entry SET posted_at = posted_at + interval '1 us' WHERE amount = 4 | 1 4 changed
          DELETE FROM ledger_entry WHERE amount = 6 | 2 6 removed
          DELETE FROM ledger_entry | 1 1 removed,1 2 removed,1 3 removed,1 4 removed,2 5 removed,2 6 removed,2 7 removed,2 8 removed,3 10 removed,3 11 removed,3 12 removed,3 9 removed
          INSERT INTO ledger_entry SELECT merchant_id, gen_random_uuid(), gen_random_uuid(), NULL, NULL, posted_at, 99, kind, currency, debit_account, credit_account FROM ledger_entry WHERE amount = 7 | 2 99 inserted
          INSERT INTO ledger_entry SELECT merchant_id, gen_random_uuid(), gen_random_uuid(), NULL, NULL, '1970-01-01', 99, kind, currency, debit_account, credit_account FROM ledger_entry WHERE amount = 7 | 1 99 inserted
          INSERT INTO ledger_entry SELECT merchant_id, gen_random_uuid(), gen_random_uuid(), NULL, NULL, (SELECT closed_until - interval '1 us' FROM closing), 99, kind, currency, debit_account, credit_account FROM ledger_entry WHERE amount = 7 | 4 99 inserted
          UPDATE ledger_entry SET amount = 5 - amount WHERE amount IN (2, 3) | 1 2 changed,1 3 changed
          UPDATE ledger_entry SET posted_at = (SELECT posted_at FROM ledger_entry WHERE amount = 11) WHERE amount = 2 | 1 2 removed,3 2 inserted
          UPDATE ledger_block SET hash = sha256('x') WHERE n = 2 | 2 - block_changed,3 - chain_broken
          UPDATE ledger_block SET hash = sha256('x') WHERE n = 3 | 3 - block_changed,4 - chain_broken
          UPDATE ledger_block SET previous_hash = sha256('x') WHERE n = 1 | 1 - block_changed,1 - chain_broken
          UPDATE ledger_block SET digests = set_byte(digests, 23, 255 - get_byte(digests, 23)) WHERE n = 1 | 1 1 changed
          UPDATE ledger_block SET until_at = from_at, until_id = from_id WHERE n = 3 | 3 10 removed,3 11 removed,3 12 removed,3 9 removed
          DELETE FROM ledger_block WHERE n = 2 | 2 - block_removed
          DELETE FROM ledger_block WHERE n = 3 | 3 - block_removed
          UPDATE closing SET head_hash = sha256('x') | 4 - chain_broken
          UPDATE closing SET blocks = 2, head_hash = (SELECT hash FROM ledger_block WHERE n = 2) | 3 - chain_broken
          """)
  void damage_is_named_and_forgotten_when_it_is_repaired(String damage, String expected)
      throws SQLException {
    String closing = "CREATE TABLE kept_closing AS TABLE closing;";
    database.execute(closing + damage);

    TestEntries.audit(database);

    List<String> found = differences();
    assertThat(found).containsExactly(expected.split(","));
    assertThat(database.violations().stream().filter(text -> text.startsWith("closed_")))
        .hasSameSizeAs(found);

    database.execute(
        """
        DELETE FROM ledger_entry; INSERT INTO ledger_entry TABLE kept_entry;
        DELETE FROM ledger_block; INSERT INTO ledger_block TABLE kept_block;
        DELETE FROM closing; INSERT INTO closing TABLE kept_closing;
        """);
    TestEntries.audit(database);
    assertThat(differences()).isEmpty();
    assertThat(database.violations()).isEmpty();
  }

  /** He can make blocks agree with his entry, but not with the head that someone else has noted. */
  @Test
  void whoever_makes_a_block_anew_breaks_the_chain_behind_it() throws SQLException {
    database.execute(
        """
        UPDATE ledger_entry SET amount = 700 WHERE amount = 7;
        WITH now AS (
          SELECT string_agg(entry_digest(e), '' ORDER BY e.posted_at, e.id) AS whole,
                 string_agg(uuid_send(e.id) || substring(entry_digest(e) FOR 8), ''
                            ORDER BY e.posted_at, e.id) AS digests
          FROM ledger_entry AS e, ledger_block AS b
          WHERE b.n = 2 AND (e.posted_at, e.id) >= (b.from_at, b.from_id)
            AND (e.posted_at, e.id) < (b.until_at, b.until_id)
        )
        UPDATE ledger_block AS b
        SET digests = now.digests,
            hash = block_hash(previous_hash, n, from_at, from_id, until_at, until_id, entries, whole)
        FROM now
        WHERE n = 2
        """);

    TestEntries.audit(database);

    assertThat(differences()).containsExactly("3 - chain_broken");
  }

  @Test
  void an_entry_that_is_slipped_in_before_the_next_block_does_not_become_part_of_it()
      throws SQLException {
    database.execute(
        """
        INSERT INTO ledger_entry
        SELECT merchant_id, gen_random_uuid(), gen_random_uuid(), NULL, NULL,
               (SELECT closed_until - interval '1 us' FROM closing), 99, kind, currency,
               debit_account, credit_account
        FROM ledger_entry
        WHERE amount = 7
        """);
    TestEntries.post(database, merchant, 1);
    TestEntries.close(database);

    TestEntries.audit(database);

    assertThat(differences()).containsExactly("4 99 inserted");
  }

  @Test
  void a_few_blocks_are_looked_at_in_each_call_and_all_of_them_in_a_round() throws SQLException {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(auditor.audit(5).name());
    }

    assertThat(calls)
        .containsExactly(
            "WITHIN_ROUND",
            "WITHIN_ROUND",
            "ROUND_ENDED",
            "WITHIN_ROUND",
            "WITHIN_ROUND",
            "ROUND_ENDED");
  }

  @Test
  void books_without_entries_are_audited_too() throws SQLException {
    LedgerDatabase empty = LedgerDatabase.create();
    TestEntries.close(empty);

    assertThat(new Auditor(empty.writer()).audit(100)).isEqualTo(Progress.ROUND_ENDED);

    ClosingStatus status = ClosingStatus.read(empty.operator());
    assertThat(status.verifiedUntil()).isEqualTo(status.closedUntil());
    assertThat(status.headHash()).isEqualTo("0".repeat(64));
  }

  @Test
  void whoever_is_not_first_leaves() throws SQLException {
    try (Connection first = database.writer().getConnection()) {
      first.setAutoCommit(false);
      first.createStatement().execute("SELECT FROM closing FOR UPDATE");

      assertThat(auditor.audit(100)).isEqualTo(Progress.BUSY);
    }
  }

  private List<String> differences() {
    return database.column(
        """
        SELECT block || ' ' || e.amount || ' ' || what
        FROM closed_difference
        JOIN ledger_entry AS e ON e.id = entry_id
        UNION ALL
        SELECT block || ' ' || k.amount || ' ' || what
        FROM closed_difference
        JOIN kept_entry AS k ON k.id = entry_id
        WHERE NOT EXISTS (SELECT FROM ledger_entry AS e WHERE e.id = entry_id)
        UNION ALL
        SELECT block || ' - ' || what
        FROM closed_difference
        WHERE entry_id IS NULL
        ORDER BY 1
        """);
  }
}
