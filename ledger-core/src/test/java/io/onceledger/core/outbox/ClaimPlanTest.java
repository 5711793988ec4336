package io.onceledger.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.outbox.OutboxClaims.Claimed;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import io.onceledger.core.testing.TestClaims;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a claim reads does not depend on how charges are spread over merchants. */
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
      assertThat(fetched(connection)).isLessThanOrEqualTo(100);
      connection.rollback();
    }
  }

  private static long fetched(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FETCHED)) {
      row.next();
      return row.getLong(1);
    }
  }
}
