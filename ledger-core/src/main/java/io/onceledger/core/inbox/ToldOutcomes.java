package io.onceledger.core.inbox;

import io.onceledger.core.charge.Status;
import io.onceledger.core.dispute.Disputes;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.InboxMessages.Row;
import io.onceledger.core.inbox.Judgement.Contradicts;
import io.onceledger.core.inbox.Judgement.Known;
import io.onceledger.core.inbox.Judgement.Settles;
import io.onceledger.core.outbox.OutboxMessages;
import io.onceledger.core.outcome.Locked;
import io.onceledger.core.outcome.Move;
import io.onceledger.core.outcome.Moves;
import io.onceledger.core.processor.Attempts;
import io.onceledger.core.refund.RefundRows;
import io.onceledger.core.review.ReviewRows;
import io.onceledger.core.review.ReviewRows.Remark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what is said of payments and refunds, of each one thing, in the caller's transaction. Two
 * statements where all of it is known, some ten where it is not, however many they are; one more
 * when refunds are among them.
 */
final class ToldOutcomes {

  /** What one is about as it was locked, null if it is nothing, and what it proves about it. */
  private record Judged(Notification told, Locked locked, Judgement judgement) {
    Row row() {
      Resource about = locked == null ? null : locked.resource();
      if (judgement instanceof Contradicts contradiction) {
        return new Row(told, about, Finding.MISMATCH, contradiction.what());
      }
      return new Row(
          told, about, judgement instanceof Known ? Finding.KNOWN : Finding.APPLIED, null);
    }

    Optional<Move> move() {
      if (!(judgement instanceof Settles settles)) {
        return Optional.empty();
      }
      // The processor's id of a refund is not told.
      String processorId = locked.refund() == null ? told.payment() : null;
      return Optional.of(
          new Move(locked, List.of(settles.status()), told.declineCode(), processorId));
    }

    Optional<Remark> objection() {
      return locked != null && judgement instanceof Contradicts contradiction
          ? Optional.of(new Remark(locked.resource(), contradiction.what()))
          : Optional.empty();
    }
  }

  private ToldOutcomes() {}

  /** What became of each of {@code notifications}, which differ in what they are about. */
  static List<Finding> take(Connection connection, List<Notification> notifications)
      throws SQLException {
    List<Judged> judged = judge(connection, notifications);
    Set<InboxMessages.Key> first =
        InboxMessages.insert(connection, judged.stream().map(Judged::row).toList());
    follow(
        connection,
        judged.stream().filter(each -> first.contains(InboxMessages.Key.of(each.told()))).toList());
    return judged.stream()
        .map(Judged::row)
        .map(row -> first.contains(row.key()) ? row.finding() : Finding.SEEN)
        .toList();
  }

  private static List<Judged> judge(Connection connection, List<Notification> notifications)
      throws SQLException {
    Map<Notification, Resource> about = about(connection, notifications);
    Map<Resource, Locked> locked = Moves.lock(connection, List.copyOf(about.values()));
    List<Judged> judged = new ArrayList<>();
    for (Notification told : notifications) {
      Locked ours = locked.get(about.get(told));
      judged.add(
          new Judged(
              told,
              ours,
              ours == null ? Judgement.ofNothing(told) : Judgement.ofOutcome(told, ours)));
    }
    return judged;
  }

  /** Charges are looked for when they are locked; of a refund the charge has to be known first. */
  private static Map<Notification, Resource> about(
      Connection connection, List<Notification> notifications) throws SQLException {
    Map<Notification, RefundRows.Name> refunds = new HashMap<>();
    Map<Notification, Resource> about = new HashMap<>();
    for (Notification told : notifications) {
      told.referred()
          .ifPresent(
              id -> {
                if (told.type().referenceKind() == PublicId.REFUND) {
                  refunds.put(told, new RefundRows.Name(told.merchant(), id));
                } else {
                  about.put(told, Resource.charge(told.merchant(), id));
                }
              });
    }
    Map<RefundRows.Name, Resource> found =
        RefundRows.find(connection, List.copyOf(refunds.values()));
    refunds.forEach((told, name) -> about.put(told, found.get(name)));
    about.values().removeIf(Objects::isNull);
    return about;
  }

  private static void follow(Connection connection, List<Judged> judged) throws SQLException {
    List<Move> moves = judged.stream().map(Judged::move).flatMap(Optional::stream).toList();
    List<Remark> objections =
        judged.stream().map(Judged::objection).flatMap(Optional::stream).toList();
    Attempts.insertInterrupted(
        connection,
        OutboxMessages.end(connection, moves.stream().map(move -> move.of().resource()).toList()));
    Moves.make(connection, moves);
    ReviewRows.close(
        connection,
        moves.stream()
            .map(Move::of)
            .filter(locked -> locked.status() == Status.NEEDS_REVIEW)
            .map(locked -> new Remark(locked.resource(), "found out by notification"))
            .toList());
    ReviewRows.open(connection, objections);
    ReviewRows.open(connection, Moves.book(connection, moves), Disputes.CANNOT_BE);
  }
}
