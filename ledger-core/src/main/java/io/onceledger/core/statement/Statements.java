package io.onceledger.core.statement;

import io.onceledger.core.database.Instants;
import io.onceledger.core.ledger.Balances;
import io.onceledger.core.ledger.Entries;
import io.onceledger.core.ledger.LedgerEntry;
import io.onceledger.core.merchant.MerchantReads;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.jdbc.ReturningWork;

/**
 * Tells of one account of a merchant. Each answer is one snapshot and says up to when it can no
 * longer change. Needs the reader role.
 */
@ApplicationScoped
public class Statements {

  private static final String CLOSED_UNTIL = "SELECT closed_until FROM closing";

  /** Its sums at an instant. */
  public record Standing(AccountSums sums, Instant stableUntil) {}

  /**
   * A period of it.
   *
   * @param opening all before
   * @param closing all before its end
   * @param entries a page of it, oldest first
   */
  public record Statement(
      AccountSums opening, AccountSums closing, Page<LedgerEntry> entries, Instant stableUntil) {}

  /**
   * A period of it without its closed entries.
   *
   * @param closedTo where these end
   * @param tail the entries since
   */
  public record Whole(
      AccountSums opening,
      AccountSums closing,
      Instant closedTo,
      List<LedgerEntry> tail,
      Instant stableUntil) {}

  private final MerchantReads reads;
  private final EntityManager entities;
  private final Entries entries;
  private final Balances balances;

  Statements(MerchantReads reads, EntityManager entities, Entries entries, Balances balances) {
    this.reads = reads;
    this.entities = entities;
    this.entries = entries;
    this.balances = balances;
  }

  /** What it stands at now. */
  public Standing now(AccountKey key) {
    return snapshot(
        key,
        () ->
            new Standing(
                balances
                    .find(key.merchant(), key.account(), key.currency())
                    .map(row -> new AccountSums(row.debits, row.credits))
                    .orElse(new AccountSums(0, 0)),
                closedUntil()));
  }

  /** What it stood at when everything up to and including {@code at} was posted. */
  public Standing at(AccountKey key, Instant at) {
    Instant bound = at.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    return snapshot(key, () -> new Standing(before(key, Optional.of(bound)), closedUntil()));
  }

  /**
   * The period {@code [from, to)}; without them from the beginning, and up to now.
   *
   * @param position of the page before
   * @param limit entries on the page
   */
  public Statement statement(
      AccountKey key,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<Position> position,
      int limit) {
    return snapshot(
        key,
        () ->
            new Statement(
                from.isEmpty() ? new AccountSums(0, 0) : before(key, from),
                before(key, to),
                entries(key, from, to, position, limit),
                closedUntil()));
  }

  /** A page of the period's entries, oldest first; of a period that is closed always the same. */
  public Page<LedgerEntry> entries(
      AccountKey key,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<Position> position,
      int limit) {
    if (hasNeverMoved(key)) {
      return new Page<>(List.of(), Optional.empty());
    }
    return entries.ofAccount(
        key.merchant(), key.account(), key.currency(), from, to, position, limit);
  }

  /**
   * Begins a period as a whole. Its closed part is read page by page afterwards, by {@link
   * #entries}: it does not change meanwhile, so no snapshot is held for a slow reader.
   *
   * @param most entries that are not closed yet
   * @return empty when there are more of them
   */
  public Optional<Whole> whole(
      AccountKey key, Optional<Instant> from, Optional<Instant> to, int most) {
    return snapshot(
        key,
        () -> {
          Instant stable = closedUntil();
          Optional<Instant> open = Optional.of(from.filter(stable::isBefore).orElse(stable));
          boolean isClosed = to.isPresent() && !to.get().isAfter(stable);
          Page<LedgerEntry> tail =
              isClosed
                  ? new Page<>(List.of(), Optional.empty())
                  : entries(key, open, to, Optional.empty(), most);
          return Optional.of(
                  new Whole(
                      from.isEmpty() ? new AccountSums(0, 0) : before(key, from),
                      before(key, to),
                      isClosed ? to.get() : open.get(),
                      tail.items(),
                      stable))
              .filter(whole -> tail.next().isEmpty());
        });
  }

  private <R> R snapshot(AccountKey key, Supplier<R> read) {
    return reads.snapshotOf(key.merchant(), read);
  }

  /** Its balance is written with its first entry: nothing has to be looked for among all others. */
  private boolean hasNeverMoved(AccountKey key) {
    return balances.find(key.merchant(), key.account(), key.currency()).isEmpty();
  }

  private AccountSums before(AccountKey key, Optional<Instant> bound) {
    if (hasNeverMoved(key)) {
      return new AccountSums(0, 0);
    }
    return work(
        connection ->
            AccountSums.before(
                connection,
                key.merchant(),
                key.account(),
                key.currency(),
                bound.map(Instants::roundedUp).orElse(Instant.MAX)));
  }

  private Instant closedUntil() {
    return work(Statements::closedUntil);
  }

  private static Instant closedUntil(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLOSED_UNTIL);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return Instants.read(row, "closed_until");
    }
  }

  private <R> R work(ReturningWork<R> work) {
    return entities.unwrap(Session.class).doReturningWork(work);
  }
}
