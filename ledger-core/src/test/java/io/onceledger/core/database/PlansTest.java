package io.onceledger.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.testing.Explain;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestCharges;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlansTest {

  private static final String LOOK_UP =
      "PREPARE look_up (uuid, uuid) AS SELECT FROM charge WHERE merchant_id = $1 AND id = $2";

  @Test
  void a_plan_that_was_made_for_an_empty_table_is_let_go_of_when_its_time_is_over()
      throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();
    try (Connection connection = database.writer().getConnection();
        Statement statement = connection.createStatement()) {
      Plans.renew(connection, Duration.ofDays(1));
      statement.execute(LOOK_UP);
      List<String> ofAnEmptyTable = Explain.executed(statement, "look_up", "NULL, NULL");

      TestCharges.accept(database, TestCharges.merchant(database), 2_000);
      Plans.renew(connection, Duration.ofDays(1));
      assertThat(Explain.executed(statement, "look_up", "NULL, NULL")).isEqualTo(ofAnEmptyTable);

      Plans.renew(connection, Duration.ZERO);
      assertThat(Explain.executed(statement, "look_up", "NULL, NULL"))
          .isNotEqualTo(ofAnEmptyTable)
          .anyMatch(line -> line.contains("charge_pkey"));
    }
  }
}
