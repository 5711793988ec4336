package io.onceledger.core.review;

import io.onceledger.core.charge.Status;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.dispute.Disputes;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.OutboxMessages;
import io.onceledger.core.outcome.Locked;
import io.onceledger.core.outcome.Move;
import io.onceledger.core.outcome.Moves;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Takes a person's decision: status, event, entries and balances of the charge, the end of its
 * message and of its review, in one transaction of nine statements, or none of it.
 *
 * <p>Locks the charge, then its message, then balances. A worker that looks the charge up or
 * cancels it finds the message gone and writes nothing; one that sends it is waited for, because
 * its effect would be in no book; one that was first leaves a final charge, which nothing changes
 * any more. To give the same decision again is to read it. A decision that a dispute contradicts
 * stands, and opens a review of its own. Needs the operator role.
 */
public final class ReviewDecisions {

  /** Open, and with an attempt behind them: of a pending charge there is nothing to decide yet. */
  private static final Set<Status> UNDECIDED = Set.of(Status.UNKNOWN, Status.NEEDS_REVIEW);

  /** What became of a decision. */
  public sealed interface Verdict {

    /** It stands, given now or before. */
    record Taken(Review review) implements Verdict {}

    /** It contradicts what is decided already; nothing was written. */
    record Refused(Review review) implements Verdict {}

    /** A send is under way, and may make it wrong; nothing was written. */
    record TooEarly(Review review) implements Verdict {}
  }

  private final DataSource dataSource;

  public ReviewDecisions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Takes {@code decision} about the review with this id; empty when there is none. */
  public Optional<Verdict> decide(UUID id, Decision decision) throws SQLException {
    return Transactions.run(
        dataSource,
        connection -> {
          Optional<Review> review = Reviews.find(connection, id);
          return review.isPresent()
              ? Optional.of(decide(connection, review.get(), decision))
              : Optional.empty();
        });
  }

  private static Verdict decide(Connection connection, Review seen, Decision decision)
      throws SQLException {
    Locked locked = Moves.lock(connection, List.of(seen.about())).get(seen.about());
    // Whoever resolves it holds its charge: only now does it stay as it is read.
    Review review = Reviews.find(connection, seen.id()).orElseThrow();
    if (review.resolvedAt() != null) {
      return decision.isThatOf(review.resolution())
          ? new Verdict.Taken(review)
          : new Verdict.Refused(review);
    }
    List<Resource> contradicted = List.of();
    if (UNDECIDED.contains(locked.status())) {
      if (!OutboxMessages.removeUnlessSending(connection, locked.resource())) {
        return new Verdict.TooEarly(review);
      }
      contradicted = settle(connection, locked, decision);
    } else if (locked.status() != decision.status()) {
      return new Verdict.Refused(review);
    }
    ReviewRows.decide(connection, review, decision);
    // Only now: what has an open review gets no second one.
    ReviewRows.open(connection, contradicted, Disputes.CANNOT_BE);
    return new Verdict.Taken(Reviews.find(connection, review.id()).orElseThrow());
  }

  /** What the processor told a dispute of that cannot be, if this decision is right. */
  private static List<Resource> settle(Connection connection, Locked locked, Decision decision)
      throws SQLException {
    List<Move> moves =
        List.of(new Move(locked, List.of(decision.status()), null, decision.processorPayment()));
    Moves.make(connection, moves);
    return Moves.book(connection, moves);
  }
}
