package io.onceledger.core.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What a slice reads does not depend on what has died behind it. */
class SliceQueriesTest {

  private static final int ROWS = 10;

  /** Entries of the index that this transaction has read, of dead rows, too. */
  private static final String READ =
      "SELECT pg_stat_get_xact_tuples_returned('outbox_message_pkey'::regclass)";

  @Test
  void the_end_of_a_slice_is_found_without_passing_over_the_dead_behind_it() throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();
    Merchant merchant = TestCharges.merchant(database);
    TestCharges.accept(database, merchant, 1_000);
    SliceQueries queries = new SliceQueries(Part.RESOURCES, ROWS);

    try (Connection old = database.superuser().getConnection();
        Connection connection = database.writer().getConnection()) {
      old.setAutoCommit(false);
      old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      LedgerDatabase.number(old, "SELECT count(*) FROM outbox_message");
      database.execute("DELETE FROM outbox_message");

      connection.setAutoCommit(false);
      assertThat(end(connection, queries, merchant)).isNotNull();
      assertThat(LedgerDatabase.number(connection, READ)).isLessThanOrEqualTo(ROWS);
      connection.rollback();
      old.rollback();
    }
  }

  private static String end(Connection connection, SliceQueries queries, Merchant merchant)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(queries.inside())) {
      for (int i = 0; i < Part.RESOURCES.sources().size(); i++) {
        statement.setObject(2 * i + 1, merchant.id());
        statement.setString(2 * i + 2, Part.RESOURCES.least());
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString("subject");
      }
    }
  }
}
