package io.onceledger.core.testing;

import io.onceledger.core.closing.Auditor;
import io.onceledger.core.closing.Closer;
import io.onceledger.core.closing.ClosingStatus;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.ledger.Account;
import io.onceledger.core.ledger.LedgerEntries;
import io.onceledger.core.ledger.Posting;
import io.onceledger.core.ledger.Posting.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Entries without charges, and books that are closed now. */
public final class TestEntries {

  private TestEntries() {}

  /** An amount of USD cents, of a source that no rule knows. */
  public static Posting charged(UUID merchant, long amount) {
    return new Posting(
        merchant,
        PublicId.next(),
        PublicId.next(),
        null,
        Kind.CHARGE,
        Account.PROCESSOR_RECEIVABLE,
        Account.MERCHANT_PAYABLE,
        amount,
        "USD");
  }

  /** Posts charges of 1, 2, … cents, each in a transaction of its own. */
  public static void post(LedgerDatabase database, UUID merchant, int count) throws SQLException {
    for (int i = 1; i <= count; i++) {
      post(database, List.of(charged(merchant, i)));
    }
  }

  /** Posts in one statement, and so at one instant. */
  public static void post(LedgerDatabase database, List<Posting> postings) throws SQLException {
    Transactions.run(
        database.writer(),
        connection -> {
          LedgerEntries.post(connection, postings);
          return null;
        });
  }

  /** Many charges of one instant. */
  public static void postAtOnce(LedgerDatabase database, UUID merchant, int count)
      throws SQLException {
    post(database, IntStream.rangeClosed(1, count).mapToObj(i -> charged(merchant, i)).toList());
  }

  /** Closes what has been posted; other databases of the server may hold it up for a while. */
  public static void close(LedgerDatabase database, Closer closer) {
    Instant now = Instant.parse(database.column(CLOCK).get(0));
    // Most of the time nobody holds it up.
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              closer.close(Duration.ofSeconds(10));
              return ClosingStatus.read(database.writer()).closedUntil().isAfter(now);
            });
  }

  public static void close(LedgerDatabase database) {
    close(database, new Closer(database.writer()));
  }

  /** Looks at every block there is. */
  public static void audit(LedgerDatabase database) throws SQLException {
    // The round that was begun before may have passed by what was damaged since.
    for (int rounds = 0; rounds < 2; ) {
      rounds +=
          new Auditor(database.writer()).audit(10_000) == Auditor.Progress.ROUND_ENDED ? 1 : 0;
    }
  }

  private static final String CLOCK =
      """
      SELECT to_char(greatest(clock_timestamp(), max(posted_at)) AT TIME ZONE 'UTC',
                     'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      FROM ledger_entry
      """;
}
