package io.onceledger.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.OwnThread;
import io.onceledger.core.testing.TestEntries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private static final int BATCHES = 60;

  private final LedgerDatabase database = LedgerDatabase.create();

  @Test
  void no_snapshot_ever_shows_anything_but_zero() throws SQLException {
    UUID merchant = database.merchant("key", 0, 0);
    CompletableFuture<Void> posting =
        CompletableFuture.allOf(
            Stream.generate(() -> OwnThread.run(() -> post(merchant)))
                .limit(3)
                .toArray(CompletableFuture[]::new));
    long samples = 0;
    try (Connection sampler = database.superuser().getConnection()) {
      sampler.setAutoCommit(false);
      sampler.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      while (!posting.isDone()) {
        // One statement for each account, as someone would who asks for one after the other.
        long balances = 0;
        for (Account account : Account.values()) {
          balances += number(sampler, BALANCE, account.text());
        }
        assertThat(balances).isZero();
        assertThat(number(sampler, BALANCE, Account.MERCHANT_PAYABLE.text()))
            .isEqualTo(number(sampler, ENTRIES, Account.MERCHANT_PAYABLE.text()));
        sampler.commit();
        samples++;
      }
    }
    posting.join();

    assertThat(samples).isPositive();
    assertThat(database.number("SELECT count(*) FROM ledger_entry")).isEqualTo(3 * BATCHES * 5);
    assertThat(database.violations()).isEmpty();
  }

  private void post(UUID merchant) {
    try {
      for (int i = 0; i < BATCHES; i++) {
        TestEntries.post(
            database,
            IntStream.rangeClosed(1, 5)
                .mapToObj(amount -> TestEntries.charged(merchant, amount))
                .toList());
      }
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private static long number(Connection connection, String sql, String account)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i : List.of(1, 2).subList(0, statement.getParameterMetaData().getParameterCount())) {
        statement.setString(i, account);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static final String BALANCE =
      "SELECT coalesce(sum(debits - credits), 0) FROM account_balance WHERE account = ?";

  private static final String ENTRIES =
      """
      SELECT coalesce(sum(amount) FILTER (WHERE debit_account = ?), 0)
             - coalesce(sum(amount) FILTER (WHERE credit_account = ?), 0)
      FROM ledger_entry
      """;
}
