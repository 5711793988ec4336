package io.onceledger.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.closing.Closer;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestEntries;
import io.onceledger.core.testing.TestRefunds;
import io.onceledger.core.testing.TestWorker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the roles may not do, whatever the code tries. */
class AccessTest {

  private static LedgerDatabase database;
  private static Merchant merchant;

  /** Once for all: what is refused changes nothing. */
  @BeforeAll
  static void two_merchants_with_charges() throws SQLException {
    database = LedgerDatabase.create();
    merchant = TestCharges.merchant(database);
    TestCharges.accept(database, merchant, 2);
    TestCharges.accept(database, TestCharges.merchant(database), 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE ledger_entry SET amount = 1",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "DELETE FROM account_balance",
        "DELETE FROM charge",
        "UPDATE charge SET amount = 1",
        "DELETE FROM idempotency_key",
        "UPDATE idempotency_key SET resource_id = gen_random_uuid()",
        "DELETE FROM event",
        "UPDATE attempt SET outcome = 'approved'",
        "INSERT INTO api_key (hash, role, hint) VALUES (sha256('x'), 'operator', 'x')",
        "DROP TABLE charge",
        "UPDATE key_repeat SET key = 'x'",
        "DELETE FROM key_repeat",
        "DELETE FROM delivery_tally",
        "UPDATE review SET decision = 'succeeded'",
        "DELETE FROM review",
        "SELECT * FROM redrive",
        "UPDATE ledger_block SET hash = sha256('x')",
        "DELETE FROM ledger_block",
        "TRUNCATE ledger_block",
        "UPDATE account_checkpoint SET debits = 0",
        "DELETE FROM account_checkpoint",
        "DELETE FROM closing",
        "UPDATE inbox_message SET finding = 'known'",
        "DELETE FROM inbox_message",
        "UPDATE dispute SET currency = 'EUR'",
        "DELETE FROM dispute",
        "UPDATE settlement_line SET amount = 1",
        "DELETE FROM settlement_line",
        "UPDATE settlement_import SET started_at = now()",
        "DELETE FROM settlement_import",
        "UPDATE settlement_rejection SET reason = 'x'",
        "DELETE FROM settlement_rejection",
        "DELETE FROM reconciliation",
        "UPDATE reconciliation_difference SET resolved_by = gen_random_uuid()",
        "UPDATE reconciliation_difference SET reported_amount = 1",
        "DELETE FROM reconciliation_difference",
        "UPDATE reconciliation_waiting SET payment = 'x'",
        "UPDATE violation_found SET name = 'x'",
        "DELETE FROM invariant_sweep",
        "DELETE FROM invariant_watch",
        "SET ROLE postgres"
      })
  void the_writer_cannot(String statement) {
    assertThatThrownBy(() -> execute(database.writer(), statement))
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO ledger_entry SELECT * FROM ledger_entry",
        "UPDATE ledger_entry SET amount = 1",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "SELECT * FROM ledger_block",
        "UPDATE ledger_block SET hash = sha256('x')",
        "DELETE FROM ledger_block",
        "TRUNCATE ledger_block",
        "SELECT * FROM closed_balance",
        "SELECT * FROM closed_difference",
        "SELECT head_hash FROM closing",
        "UPDATE charge SET status = 'succeeded'",
        "SELECT * FROM api_key",
        "SELECT * FROM outbox_message",
        "SELECT * FROM inbox_message",
        "SELECT * FROM dispute",
        "SELECT * FROM settlement_line",
        "SELECT * FROM settlement_import",
        "SELECT * FROM settlement_rejection",
        "SELECT * FROM settlement_comparison",
        "SELECT * FROM reconciliation",
        "SELECT * FROM reconciliation_difference",
        "SELECT * FROM reconciliation_waiting",
        "SELECT * FROM ledger_violation",
        "SELECT * FROM violation_found",
        "SELECT * FROM invariant_watch"
      })
  void the_reader_cannot(String statement) {
    assertThatThrownBy(() -> execute(database.reader(), statement))
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE charge SET amount = 1",
        "UPDATE charge SET fee_fixed = 0",
        "UPDATE refund SET amount = 1",
        "DELETE FROM refund",
        "INSERT INTO charge SELECT * FROM charge",
        "DELETE FROM charge",
        "UPDATE idempotency_key SET key = 'x'",
        "UPDATE ledger_entry SET amount = 1",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "INSERT INTO ledger_block SELECT * FROM ledger_block",
        "UPDATE ledger_block SET hash = sha256('x')",
        "DELETE FROM ledger_block",
        "TRUNCATE ledger_block",
        "UPDATE closing SET closed_until = now()",
        "DELETE FROM closed_difference",
        "DELETE FROM violation_found",
        "UPDATE invariant_watch SET checked_at = now()",
        "DELETE FROM account_balance",
        "UPDATE event SET status = 'declined'",
        "DELETE FROM event",
        "INSERT INTO attempt SELECT * FROM attempt",
        "UPDATE outbox_message SET attempts = 0",
        "INSERT INTO outbox_message SELECT * FROM outbox_message",
        "INSERT INTO review SELECT * FROM review",
        "UPDATE review SET reason = 'x'",
        "DELETE FROM review",
        "INSERT INTO inbox_message SELECT * FROM inbox_message",
        "UPDATE inbox_message SET detail = 'x'",
        "INSERT INTO dispute SELECT * FROM dispute",
        "UPDATE dispute SET charge_id = gen_random_uuid()",
        "DELETE FROM dispute",
        "INSERT INTO settlement_line SELECT * FROM settlement_line",
        "UPDATE settlement_line SET amount = 1",
        "DELETE FROM settlement_line",
        "INSERT INTO settlement_import SELECT * FROM settlement_import",
        "UPDATE settlement_import SET state = 'complete'",
        "DELETE FROM settlement_rejection",
        "UPDATE reconciliation SET state = 'completed'",
        "DELETE FROM reconciliation",
        "INSERT INTO reconciliation_difference SELECT * FROM reconciliation_difference",
        "UPDATE reconciliation_difference SET kind = 'status'",
        "DELETE FROM reconciliation_difference",
        "DELETE FROM reconciliation_waiting",
        "UPDATE redrive SET note = 'x'",
        "DELETE FROM redrive",
        "UPDATE merchant SET fee_basis_points = 0",
        "UPDATE api_key SET hash = sha256('x')",
        "DELETE FROM api_key"
      })
  void the_operator_cannot(String statement) {
    assertThatThrownBy(() -> execute(database.operator(), statement))
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
  }

  @Test
  void a_query_without_a_filter_shows_the_reader_one_merchant_only() throws SQLException {
    try (Connection connection = database.reader().getConnection()) {
      connection.setAutoCommit(false);
      assertThat(charges(connection)).as("no merchant named").isZero();

      execute(
          connection, "SELECT set_config('ledger.merchant', '%s', true)".formatted(merchant.id()));
      assertThat(charges(connection)).isEqualTo(2);
      connection.commit();

      assertThat(charges(connection)).as("the name ends with its transaction").isZero();
    }
  }

  @Test
  void whatever_table_the_reader_may_read_it_sees_one_merchants_rows_only() throws Exception {
    TestWorker worker = new TestWorker(database);
    for (Claim claim : worker.claim(10)) {
      worker.approve(claim);
      TestRefunds.accept(database, claim.resource(), "refund of " + claim.resource().text(), 1L);
    }
    TestCharges.accept(database, merchant, 1); // a replay
    TestEntries.close(database, new Closer(database.writer(), 100, 1));
    List<String> tables = database.column(READABLE);
    assertThat(tables)
        .contains(
            "charge",
            "idempotency_key",
            "key_repeat",
            "event",
            "ledger_entry",
            "account_checkpoint");

    try (Connection connection = database.reader().getConnection()) {
      connection.setAutoCommit(false);
      execute(
          connection, "SELECT set_config('ledger.merchant', '%s', true)".formatted(merchant.id()));
      for (String table : tables) {
        assertThat(LedgerDatabase.number(connection, "SELECT count(*) FROM " + table))
            .as(table)
            .isPositive()
            .isEqualTo(
                database.number(
                    "SELECT count(*) FROM %s WHERE merchant_id = ?".formatted(table),
                    merchant.id()));
      }
    }
  }

  private static final String READABLE =
      """
      SELECT c.relname
      FROM pg_class AS c
      JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'merchant_id'
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND has_table_privilege('ledger_reader', c.oid, 'SELECT')
      """;

  @Test
  void a_role_cannot_be_put_off() throws SQLException {
    try (Connection connection = database.reader().getConnection()) {
      execute(connection, "RESET ROLE");

      assertThatThrownBy(() -> execute(connection, "SELECT * FROM api_key"))
          .hasMessageContaining("permission denied");
    }
  }

  private static long charges(Connection connection) throws SQLException {
    return LedgerDatabase.number(connection, "SELECT count(*) FROM charge");
  }

  private static void execute(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
