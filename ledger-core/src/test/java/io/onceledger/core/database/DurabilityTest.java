package io.onceledger.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.testing.LedgerDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DurabilityTest {

  @Test
  void a_server_that_keeps_what_it_acknowledges_misses_nothing() throws SQLException {
    assertThat(Durability.missing(LedgerDatabase.create().writer())).isEmpty();
  }

  @Test
  void a_commit_that_does_not_wait_for_the_disk_is_named() throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();
    database.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off',"
            + " current_database()); END $$");

    assertThat(Durability.missing(database.writer())).containsExactly("synchronous_commit");
  }
}
