package io.onceledger.core.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.onceledger.core.ledger.Account;
import io.onceledger.core.ledger.LedgerEntries;
import io.onceledger.core.statement.AccountSums;
import io.onceledger.core.testing.LedgerDatabase;
import io.onceledger.core.testing.TestEntries;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Transactions that overlap in every way, and closings at any time between their steps. */
class ClosingPropertyTest {

  private static final int WRITERS = 4;

  private enum Kind {
    BEGIN,
    POST,
    COMMIT,
    ROLL_BACK,
    CLOSE,
    AUDIT
  }

  /** A step of one of the transactions under way, or of a closer. */
  private record Action(Kind kind, int writer, int size) {}

  /** What was there to be seen before an instant when it had been closed. */
  private record Closed(Instant until, List<String> entries, Map<UUID, AccountSums> sums) {}

  private final LedgerDatabase database = LedgerDatabase.create();
  private final Closer closer = new Closer(database.writer(), 3, 2);
  private final Auditor auditor = new Auditor(database.writer());

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void what_is_closed_never_changes_and_nothing_is_missed(@ForAll("actions") List<Action> actions)
      throws SQLException {
    // Each writer posts for its own merchant: nobody here can wait for another's balances.
    List<UUID> merchants =
        Stream.generate(() -> database.merchant("key-" + UUID.randomUUID(), 0, 0))
            .limit(WRITERS)
            .toList();
    Map<Integer, Connection> open = new HashMap<>();
    List<Closed> seen = new ArrayList<>();
    try {
      for (Action action : actions) {
        act(action, merchants, open);
        if (action.kind() == Kind.CLOSE) {
          seen.add(closed(merchants));
        }
      }
      for (Connection connection : open.values()) {
        connection.commit();
      }
    } finally {
      for (Connection connection : open.values()) {
        connection.close();
      }
    }
    TestEntries.close(database, closer);
    TestEntries.audit(database);

    for (Closed then : seen) {
      assertThat(entriesBefore(then.until())).isEqualTo(then.entries());
      assertThat(sumsBefore(merchants, then.until())).isEqualTo(then.sums());
    }
    assertThat(database.column(SEALED)).isEqualTo(entriesBefore(Instant.MAX));
    for (UUID merchant : merchants) {
      assertEverySumIsRight(merchant);
    }
    assertThat(database.violations()).isEmpty();
  }

  private void act(Action action, List<UUID> merchants, Map<Integer, Connection> open)
      throws SQLException {
    Connection connection = open.get(action.writer());
    switch (action.kind()) {
      case BEGIN -> {
        if (connection == null) {
          connection = database.writer().getConnection();
          connection.setAutoCommit(false);
          connection.createStatement().execute("SELECT 1");
          open.put(action.writer(), connection);
        }
      }
      case POST -> {
        if (connection != null) {
          UUID merchant = merchants.get(action.writer());
          LedgerEntries.post(
              connection,
              LongStream.rangeClosed(1, action.size())
                  .mapToObj(amount -> TestEntries.charged(merchant, amount))
                  .toList());
        }
      }
      case COMMIT, ROLL_BACK -> {
        if (connection != null) {
          if (action.kind() == Kind.COMMIT) {
            connection.commit();
          } else {
            connection.rollback();
          }
          connection.close();
          open.remove(action.writer());
        }
      }
      case CLOSE -> {
        if (action.size() % 2 == 0) {
          closer.step();
        } else {
          closer.close(Duration.ofSeconds(10));
        }
      }
      case AUDIT -> auditor.audit(action.size());
    }
  }

  private Closed closed(List<UUID> merchants) throws SQLException {
    Instant until = ClosingStatus.read(database.writer()).closedUntil();
    return new Closed(until, entriesBefore(until), sumsBefore(merchants, until));
  }

  private List<String> entriesBefore(Instant bound) {
    return database.column(
        "SELECT id FROM ledger_entry WHERE posted_at < ?::timestamptz ORDER BY posted_at, id",
        bound.equals(Instant.MAX) ? "infinity" : bound.toString());
  }

  private Map<UUID, AccountSums> sumsBefore(List<UUID> merchants, Instant bound)
      throws SQLException {
    Map<UUID, AccountSums> sums = new HashMap<>();
    try (Connection connection = database.writer().getConnection()) {
      for (UUID merchant : merchants) {
        sums.put(merchant, sum(connection, merchant, bound));
      }
    }
    return sums;
  }

  /** At, before and after each entry, against the plain sum of entries. */
  private void assertEverySumIsRight(UUID merchant) throws SQLException {
    try (Connection connection = database.writer().getConnection()) {
      for (String at : database.column(INSTANTS, merchant)) {
        for (long micros : new long[] {0, 1}) {
          Instant bound = Instant.parse(at).plus(micros, ChronoUnit.MICROS);
          assertThat(sum(connection, merchant, bound).debits())
              .isEqualTo(database.number(SUM, merchant, bound.toString()));
        }
      }
    }
  }

  private static AccountSums sum(Connection connection, UUID merchant, Instant bound)
      throws SQLException {
    return AccountSums.before(connection, merchant, Account.PROCESSOR_RECEIVABLE, "USD", bound);
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(3, Kind.BEGIN),
                Tuple.of(5, Kind.POST),
                Tuple.of(3, Kind.COMMIT),
                Tuple.of(1, Kind.ROLL_BACK),
                Tuple.of(4, Kind.CLOSE),
                Tuple.of(1, Kind.AUDIT)),
            Arbitraries.integers().between(0, WRITERS - 1),
            Arbitraries.integers().between(1, 6))
        .as(Action::new)
        .list()
        .ofMinSize(20)
        .ofMaxSize(60);
  }

  private static final String SEALED =
      """
      SELECT encode(substring(digests FROM 24 * i + 1 FOR 16), 'hex')::uuid
      FROM ledger_block, generate_series(0, entries - 1) AS i
      ORDER BY n, i
      """;

  private static final String INSTANTS =
      """
      SELECT DISTINCT to_char(posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      FROM ledger_entry
      WHERE merchant_id = ?
      """;

  private static final String SUM =
      """
      SELECT coalesce(sum(amount), 0)
      FROM ledger_entry
      WHERE merchant_id = ? AND posted_at < ?::timestamptz
      """;
}
