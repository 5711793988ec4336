package io.onceledger.core.idempotency;

import static io.onceledger.core.idempotency.DeliveryCounts.BATCHES_IN_ROW;
import static io.onceledger.core.testing.TestCharges.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.idempotency.Acceptance.Executed;
import io.onceledger.core.merchant.Merchant;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryCountsTest {

  private final LedgerDatabase database = LedgerDatabase.create();
  private final Merchant merchant = TestCharges.merchant(database);
  private final DeliveryCounts counts = new DeliveryCounts();

  @Test
  void no_row_counts_more_than_its_batches_and_each_batch_counts_once() throws SQLException {
    try (Connection connection = database.writer().getConnection()) {
      connection.setAutoCommit(false); // and rolled back: these deliveries were never accepted
      for (int i = 0; i < 2 * BATCHES_IN_ROW + 1; i++) {
        ChargeDelivery delivery = delivery(merchant, "k" + i, 1000);
        count(connection, delivery);
        count(connection, delivery);
      }

      assertThat(tallies(connection)).containsExactly(3, 2 * BATCHES_IN_ROW + 1, BATCHES_IN_ROW);
      connection.rollback();
    }
  }

  private void count(Connection connection, ChargeDelivery delivery) throws SQLException {
    counts.count(connection, List.of(delivery), List.of(new Executed<>("receipt")));
  }

  /** Rows, their sum, and the largest of them. */
  private static List<Integer> tallies(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), sum(deliveries), max(deliveries) FROM delivery_tally")) {
      row.next();
      return List.of(row.getInt(1), row.getInt(2), row.getInt(3));
    }
  }
}
