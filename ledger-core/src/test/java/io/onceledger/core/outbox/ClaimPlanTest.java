package io.onceledger.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.outbox.OutboxClaims.Claimed;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestClaims;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * What a claim reads depends neither on the backlog nor on how charges are spread over merchants.
 */
class ClaimPlanTest {

  /** Statistics that say: a merchant has few charges, and they lie side by side. */
  private static final String MANY_SMALL_MERCHANTS =
      """
      INSERT INTO charge
        (merchant_id, id, created_at, updated_at, amount, fee_fixed, fee_basis_points, currency,
         status, payment_method, idempotency_key)
      SELECT lpad(to_hex(merchant), 32, '0')::uuid, lpad(to_hex(n), 32, '0')::uuid, now(), now(),
             1, 0, 0, 'USD', 'declined', 'pm_card_visa', 'key-' || n
      FROM generate_series(1, 1000) AS merchant, generate_series(1, 5) AS n
      """;

  private static final String FETCHED =
      """
      SELECT idx_tup_fetch + seq_tup_read
      FROM pg_stat_xact_user_tables
      WHERE relname = 'charge'
      """;

  /** Due in no order of the table: each of them seems to cost a page. */
  private static final String ANY_ORDER =
      "UPDATE outbox_message SET due_at = now() - random() * interval '1 hour'";

  /** Entries of the index that this transaction has read, of dead rows, too. */
  private static final String READ =
      "SELECT pg_stat_get_xact_tuples_returned('outbox_message_due_first'::regclass)";

  @Test
  void of_a_merchant_with_many_charges_only_those_of_the_claims_are_read() throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();
    database.execute(MANY_SMALL_MERCHANTS);
    database.execute("VACUUM ANALYZE charge");
    TestCharges.accept(database, TestCharges.merchant(database), 2_000);
    database.execute("ANALYZE outbox_message");

    try (Connection connection = database.writer().getConnection()) {
      connection.setAutoCommit(false);
      Claimed claimed =
          OutboxClaims.claim(connection, 100, 100, ClaimFront.Place.BEGINNING, TestClaims.TERMS);
      assertThat(claimed.claims()).hasSize(100);
      assertThat(LedgerDatabase.number(connection, FETCHED)).isLessThanOrEqualTo(100);
      connection.rollback();
    }
  }

  /**
   * All that is due, sorted, would be as right, and take longer the longer the outbox is. Of so
   * many messages a bitmap scan does that, where it may: the planner expects three of them.
   */
  @Test
  void of_a_backlog_only_what_is_claimed_is_read() throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();
    TestCharges.accept(database, TestCharges.merchant(database), 550);
    database.execute(ANY_ORDER);
    database.execute("VACUUM ANALYZE outbox_message");

    try (Connection connection = database.writer().getConnection()) {
      connection.setAutoCommit(false);
      Claimed claimed =
          OutboxClaims.claim(connection, 100, 100, ClaimFront.Place.BEGINNING, TestClaims.TERMS);
      assertThat(claimed.claims()).hasSize(100);
      assertThat(LedgerDatabase.number(connection, READ)).isEqualTo(100);
      connection.rollback();
    }
  }
}
