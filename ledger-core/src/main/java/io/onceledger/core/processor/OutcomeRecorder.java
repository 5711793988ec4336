package io.onceledger.core.processor;

import io.onceledger.core.charge.Status;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.dispute.Disputes;
import io.onceledger.core.groupcommit.BatchWriter;
import io.onceledger.core.id.Resource;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.OutboxMessages;
import io.onceledger.core.outcome.Locked;
import io.onceledger.core.outcome.Move;
import io.onceledger.core.outcome.Moves;
import io.onceledger.core.processor.NextStep.Conclude;
import io.onceledger.core.processor.NextStep.Park;
import io.onceledger.core.review.ReviewRows;
import io.onceledger.core.review.ReviewRows.Remark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Writes the outcome of attempts: attempt, status, events, entries, balances, and the message's
 * removal or return, of a whole batch in one transaction of eight to twelve statements.
 *
 * <p>Locks charges, then messages, then balances, each in the order of their keys. A result whose
 * claim has lost its fence is dropped: its message has a new owner, who will find out itself. Run
 * again after an unknown commit, the same results find their fence gone or changed and write
 * nothing. Needs the writer role.
 */
public final class OutcomeRecorder implements BatchWriter<Result, OutcomeRecorder.Recorded> {

  /** What became of a result. */
  public enum Recorded {
    WRITTEN,
    /** Its fence was old; nothing was written. */
    STALE
  }

  private final DataSource dataSource;

  public OutcomeRecorder(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<Recorded> write(List<Result> results) throws SQLException {
    return Transactions.run(dataSource, connection -> write(connection, results));
  }

  private static List<Recorded> write(Connection connection, List<Result> results)
      throws SQLException {
    List<Claim> claims = results.stream().map(Result::claim).toList();
    Map<Resource, Locked> locked =
        Moves.lock(connection, claims.stream().map(Claim::resource).toList());
    Set<Claim> fenced = OutboxMessages.lock(connection, claims);
    List<Result> current =
        results.stream().filter(result -> fenced.contains(result.claim())).toList();
    if (!current.isEmpty()) {
      record(connection, current, locked);
    }
    return results.stream()
        .map(result -> fenced.contains(result.claim()) ? Recorded.WRITTEN : Recorded.STALE)
        .toList();
  }

  private static void record(
      Connection connection, List<Result> results, Map<Resource, Locked> locked)
      throws SQLException {
    Attempts.insert(connection, results);
    List<Move> moves =
        results.stream()
            .map(result -> result.move(locked.get(result.claim().resource())))
            .flatMap(Optional::stream)
            .toList();
    Moves.make(connection, moves);
    ReviewRows.open(
        connection,
        results.stream().map(OutcomeRecorder::reason).flatMap(Optional::stream).toList());
    ReviewRows.close(
        connection,
        results.stream()
            .filter(result -> isReviewed(result, locked))
            .map(OutcomeRecorder::finding)
            .toList());
    OutboxMessages.remove(
        connection,
        results.stream()
            .filter(result -> result.next() instanceof Conclude)
            .map(Result::claim)
            .toList());
    OutboxMessages.putBack(
        connection, results.stream().map(Result::putBack).flatMap(Optional::stream).toList());
    ReviewRows.open(connection, Moves.book(connection, moves), Disputes.CANNOT_BE);
  }

  /** Why a person is asked; empty when none is. */
  private static Optional<Remark> reason(Result result) {
    return result.next() instanceof Park park
        ? Optional.of(new Remark(result.claim().resource(), park.reason()))
        : Optional.empty();
  }

  /** Whether a person was asked about what has been found out now. */
  private static boolean isReviewed(Result result, Map<Resource, Locked> locked) {
    return result.next() instanceof Conclude
        && locked.get(result.claim().resource()).status() == Status.NEEDS_REVIEW;
  }

  private static Remark finding(Result result) {
    return new Remark(
        result.claim().resource(),
        switch (result.attempt().call()) {
          case SEND -> "found out by sending it again";
          case LOOK_UP -> "found out by look-up";
          case CANCEL -> "found out by canceling it";
        });
  }
}
