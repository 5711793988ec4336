package io.onceledger.core.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.closing.Closer;
import io.onceledger.core.ledger.Account;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.OwnThread;
import io.onceledger.core.testing.TestEntries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccountSumsTest {

  private static final int BATCHES = 60;

  /** Some instant between the first entry and now; whether nothing can be added before it. */
  private static final String SOME_INSTANT =
      """
      SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
             at <= closed_until AS is_closed
      FROM closing, (
        SELECT min(posted_at) + ? * (clock_timestamp() - min(posted_at)) AS at
        FROM ledger_entry
      ) AS chosen
      """;

  private static final String SUM =
      """
      SELECT coalesce(sum(amount), 0)
      FROM ledger_entry
      WHERE merchant_id = ? AND debit_account = ? AND posted_at < ?::timestamptz
      """;

  /** Rows that this transaction has read, and how. */
  private static final String WORK =
      """
      SELECT seq_scan, idx_tup_fetch
      FROM pg_stat_xact_user_tables
      WHERE relname = 'ledger_entry'
      """;

  private final LedgerDatabase database = LedgerDatabase.create();
  private final Closer closer = new Closer(database.writer(), 20, 30);

  @Test
  void at_any_past_instant_the_balance_is_the_sum_of_entries_while_posting_and_closing_go_on()
      throws SQLException {
    long seed = new Random().nextLong();
    System.out.println("AccountSumsTest seed " + seed);
    Random random = new Random(seed);
    UUID merchant = database.merchant("key", 0, 0);
    TestEntries.post(database, merchant, 1);
    CompletableFuture<Void> posting =
        CompletableFuture.allOf(
            Stream.generate(() -> OwnThread.run(() -> post(merchant)))
                .limit(3)
                .toArray(CompletableFuture[]::new));
    CompletableFuture<Void> closing = OwnThread.run(() -> closeWhile(posting));
    Map<String, Long> closed = new HashMap<>();
    long samples = 0;
    try (Connection sampler = database.writer().getConnection()) {
      sampler.setAutoCommit(false);
      sampler.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      while (!posting.isDone()) {
        try (PreparedStatement statement = sampler.prepareStatement(SOME_INSTANT)) {
          statement.setDouble(1, random.nextDouble());
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            String at = row.getString("at");
            long balance = before(sampler, merchant, Instant.parse(at));
            assertThat(balance).as(at + ", seed " + seed).isEqualTo(sum(sampler, merchant, at));
            if (row.getBoolean("is_closed")) {
              closed.put(at, balance);
            }
            samples++;
          }
        }
        sampler.commit();
      }
    }
    posting.join();
    closing.join();
    TestEntries.close(database, closer);

    assertThat(samples).isPositive();
    assertThat(database.number("SELECT count(*) FROM account_checkpoint")).isPositive();
    try (Connection connection = database.writer().getConnection()) {
      for (Map.Entry<String, Long> then : closed.entrySet()) {
        assertThat(before(connection, merchant, Instant.parse(then.getKey())))
            .as(then.getKey() + ", which was closed")
            .isEqualTo(then.getValue());
      }
    }
    assertThat(database.violations()).isEmpty();
  }

  @Test
  void it_costs_the_entries_since_a_checkpoint_however_many_there_are() throws SQLException {
    UUID merchant = database.merchant("key", 0, 0);
    for (int batch = 0; batch < 40; batch++) {
      TestEntries.postAtOnce(database, merchant, 50);
    }
    TestEntries.close(database, closer);
    database.execute("ANALYZE");
    for (String at : database.column(INSTANTS)) {
      try (Connection connection = database.writer().getConnection()) {
        connection.setAutoCommit(false);
        before(connection, merchant, Instant.parse(at));
        try (PreparedStatement statement = connection.prepareStatement(WORK);
            ResultSet row = statement.executeQuery()) {
          row.next();
          assertThat(row.getLong("seq_scan")).as(at).isZero();
          assertThat(row.getLong("idx_tup_fetch")).as("of 2,000, at " + at).isLessThan(200);
        }
        connection.commit();
      }
    }
  }

  private static final String INSTANTS =
      """
      SELECT to_char(posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      FROM ledger_entry
      GROUP BY posted_at
      ORDER BY posted_at
      """;

  private static long before(Connection connection, UUID merchant, Instant bound)
      throws SQLException {
    return AccountSums.before(connection, merchant, Account.PROCESSOR_RECEIVABLE, "USD", bound)
        .debits();
  }

  private static long sum(Connection connection, UUID merchant, String bound) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SUM)) {
      statement.setObject(1, merchant);
      statement.setString(2, Account.PROCESSOR_RECEIVABLE.text());
      statement.setString(3, bound);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void post(UUID merchant) {
    try {
      for (int i = 0; i < BATCHES; i++) {
        TestEntries.postAtOnce(database, merchant, 5);
      }
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private void closeWhile(CompletableFuture<Void> posting) {
    try {
      while (!posting.isDone()) {
        closer.step();
      }
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }
}
