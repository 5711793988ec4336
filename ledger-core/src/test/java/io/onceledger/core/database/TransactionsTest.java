package io.onceledger.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onceledger.core.testing.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransactionsTest {

  static Stream<Throwable> failures() {
    return Stream.of(
        new SQLException("x"), new IllegalStateException("x"), new StackOverflowError("x"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatever_ends_a_transaction_early_takes_all_of_it_back(Throwable failure)
      throws SQLException {
    LedgerDatabase database = LedgerDatabase.create();

    assertThatThrownBy(
            () ->
                Transactions.run(
                    database.superuser(),
                    connection -> {
                      insert(connection);
                      throw Sneaky.<SQLException>as(failure);
                    }))
        .isSameAs(failure);
    assertThat(database.number("SELECT count(*) FROM merchant")).isZero();

    Transactions.run(database.superuser(), TransactionsTest::insert);
    assertThat(database.number("SELECT count(*) FROM merchant")).isEqualTo(1);
  }

  private static Void insert(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO merchant (id, name) VALUES (gen_random_uuid(), 'x')");
    }
    return null;
  }

  private static final class Sneaky {
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <E extends Throwable> E as(Throwable failure) throws E {
      throw (E) failure;
    }
  }
}
