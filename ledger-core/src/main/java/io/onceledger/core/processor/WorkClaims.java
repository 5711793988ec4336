package io.onceledger.core.processor;

import io.onceledger.core.database.Transactions;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.ClaimFront;
import io.onceledger.core.outbox.ClaimFront.Place;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.HighWater;
import io.onceledger.core.outbox.HighWater.ToldTime;
import io.onceledger.core.outbox.OutboxClaims;
import io.onceledger.core.outbox.OutboxClaims.Claimed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Claims messages together with what is known of them. One statement, one more when some were tried
 * before; committed when it returns. Needs the writer role.
 */
public final class WorkClaims {

  /** A claim and all recorded attempts before it, in order. */
  public record ClaimedWork(Claim claim, List<Attempt> attempts) {
    /** Keeps its own copy of the attempts. */
    public ClaimedWork {
      attempts = List.copyOf(attempts);
    }

    /** Claims since the last recorded attempt, this one not counted: nobody knows their end. */
    public int lostInARow() {
      int recorded = attempts.isEmpty() ? 0 : attempts.get(attempts.size() - 1).n();
      return claim.n() - 1 - recorded;
    }
  }

  private final DataSource dataSource;
  private final ClaimFront front;

  /** Each of its claims begins with what has been due for longest. */
  public WorkClaims(DataSource dataSource) {
    this(dataSource, ClaimFront.still());
  }

  /**
   * For one thread that claims again and again.
   *
   * @param front where its claims go on
   */
  public WorkClaims(DataSource dataSource, ClaimFront front) {
    this.dataSource = dataSource;
    this.front = front;
  }

  /** Claims at most {@code limit} due messages, tried before or not. */
  public List<ClaimedWork> claim(int limit, ClaimTerms terms) throws SQLException {
    return claim(limit, limit, terms);
  }

  /**
   * Claims at most {@code limit} due messages, of which at most {@code retries} were claimed
   * before; see {@link OutboxClaims#claim}.
   */
  public List<ClaimedWork> claim(int limit, int retries, ClaimTerms terms) throws SQLException {
    Place from = front.begin();
    return Transactions.run(
        dataSource,
        connection -> {
          Claimed claimed = OutboxClaims.claim(connection, limit, retries, from, terms);
          // If this is not committed after all, the next sweep finds them again.
          front.found(claimed, limit, retries);
          return withAttempts(connection, claimed.claims());
        });
  }

  private static List<ClaimedWork> withAttempts(Connection connection, List<Claim> claims)
      throws SQLException {
    List<Claim> tried = claims.stream().filter(claim -> claim.n() > 1).toList();
    Map<UUID, List<Attempt>> attempts =
        tried.isEmpty()
            ? Map.of()
            : Attempts.of(connection, tried.stream().map(Claim::resource).toList());
    return claims.stream()
        .map(
            claim ->
                new ClaimedWork(claim, attempts.getOrDefault(claim.resource().id(), List.of())))
        .toList();
  }

  /**
   * Keeps claims from being taken over for another lease, and the database's clock from going back
   * unseen. One transaction of one or two statements; of one more when that clock has gone back.
   */
  public ToldTime keep(List<Claim> claims, ClaimTerms terms) throws SQLException {
    return Transactions.run(
        dataSource,
        connection -> {
          ToldTime told = HighWater.raise(connection, terms);
          if (!claims.isEmpty()) {
            OutboxClaims.renew(connection, claims, terms.lease());
          }
          return told;
        });
  }
}
