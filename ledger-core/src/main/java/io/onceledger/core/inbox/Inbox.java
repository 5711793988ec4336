package io.onceledger.core.inbox;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.database.Transactions;
import io.onceledger.core.dispute.Dispute;
import io.onceledger.core.dispute.DisputeRows;
import io.onceledger.core.dispute.Disputes;
import io.onceledger.core.groupcommit.BatchWriter;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.Judgement.Contradicts;
import io.onceledger.core.inbox.Judgement.Known;
import io.onceledger.core.inbox.Judgement.Settles;
import io.onceledger.core.inbox.Judgement.Tells;
import io.onceledger.core.outbox.OutboxMessages;
import io.onceledger.core.outbox.OutboxMessages.Interrupted;
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
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Takes what the processor tells of its own accord: the notification and all that follows from it
 * in one transaction, once. Two statements where it says what is known, some ten where it does not.
 *
 * <p>Locks the charge, then the notification's place in the inbox, then the charge's message, then
 * balances. A worker that was sending meanwhile finds its message gone and writes nothing: what it
 * was answered under the same key cannot be anything else. What contradicts a final status changes
 * nothing and opens a review. Taken again after an unknown commit, it is found in the inbox. Needs
 * the writer role.
 */
public final class Inbox implements BatchWriter<Notification, Finding> {

  private final DataSource dataSource;

  public Inbox(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Takes each in a transaction of its own: what one waits for holds up no effect of another. */
  @Override
  public List<Finding> write(List<Notification> notifications) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (Notification notification : notifications) {
      findings.add(take(notification));
    }
    return findings;
  }

  /** Others about the same charge have to wait as well. */
  @Override
  public Object lockOf(Notification notification) {
    return List.of(notification.merchantAccount(), notification.reference());
  }

  /** Takes one; says what became of it when that is committed. */
  public Finding take(Notification notification) throws SQLException {
    return Transactions.run(dataSource, connection -> take(connection, notification));
  }

  private static Finding take(Connection connection, Notification told) throws SQLException {
    Optional<Resource> about = about(connection, told);
    Locked locked =
        about.isPresent() ? Moves.lock(connection, List.of(about.get())).get(about.get()) : null;
    if (locked == null) {
      String kind = told.type().referenceKind() == PublicId.REFUND ? "refund" : "charge";
      return remember(connection, told, null, Finding.MISMATCH, "no such " + kind);
    }
    return told.type().isDispute()
        ? takeDispute(connection, told, locked)
        : takeOutcome(connection, told, locked);
  }

  private static Optional<Resource> about(Connection connection, Notification told)
      throws SQLException {
    if (told.referred().isEmpty()) {
      return Optional.empty();
    }
    return told.type().referenceKind() == PublicId.REFUND
        ? RefundRows.find(connection, told.merchant(), told.referred().get())
        : Optional.of(Resource.charge(told.merchant(), told.referred().get()));
  }

  private static Finding takeOutcome(Connection connection, Notification told, Locked locked)
      throws SQLException {
    Judgement judgement = Judgement.ofOutcome(told, locked);
    if (judgement instanceof Contradicts contradiction) {
      return refuse(connection, told, locked.resource(), contradiction);
    }
    if (judgement instanceof Known) {
      return remember(connection, told, locked.resource(), Finding.KNOWN, null);
    }
    Finding finding = remember(connection, told, locked.resource(), Finding.APPLIED, null);
    if (finding == Finding.APPLIED) {
      settle(connection, told, locked, ((Settles) judgement).status());
    }
    return finding;
  }

  private static void settle(Connection connection, Notification told, Locked locked, Status status)
      throws SQLException {
    Optional<Interrupted> sending = OutboxMessages.end(connection, locked.resource());
    if (sending.isPresent()) {
      Attempts.insert(connection, sending.get());
    }
    // The processor's id of a refund is not told.
    String processorId = locked.refund() == null ? told.payment() : null;
    List<Move> moves = List.of(new Move(locked, List.of(status), told.declineCode(), processorId));
    Moves.make(connection, moves);
    if (locked.status() == Status.NEEDS_REVIEW) {
      ReviewRows.close(
          connection, List.of(new Remark(locked.resource(), "found out by notification")));
    }
    ReviewRows.open(connection, Moves.book(connection, moves), Disputes.CANNOT_BE);
  }

  private static Finding takeDispute(Connection connection, Notification told, Locked locked)
      throws SQLException {
    LockedCharge charge = locked.charge();
    Optional<Dispute> before =
        DisputeRows.of(connection, List.of(charge.key())).stream()
            .filter(dispute -> dispute.processorDispute().equals(told.dispute()))
            .findFirst();
    Judgement judgement = Judgement.ofDispute(told, charge, before);
    if (judgement instanceof Contradicts contradiction) {
      return refuse(connection, told, charge.key(), contradiction);
    }
    if (judgement instanceof Known) {
      return remember(connection, told, charge.key(), Finding.KNOWN, null);
    }
    Tells tells = (Tells) judgement;
    Finding finding =
        remember(connection, told, charge.key(), finding(tells, charge), tells.contradiction());
    if (finding != Finding.SEEN) {
      write(connection, charge, tells);
    }
    return finding;
  }

  private static Finding finding(Tells tells, LockedCharge charge) {
    if (tells.contradiction() != null) {
      return Finding.MISMATCH;
    }
    return tells.dispute().isDue(charge) ? Finding.APPLIED : Finding.WAITING;
  }

  private static void write(Connection connection, LockedCharge charge, Tells tells)
      throws SQLException {
    if (tells.isNew()) {
      DisputeRows.insert(connection, tells.dispute());
    } else if (!tells.dispute().isDue(charge)) {
      // Otherwise it is written with the step that it takes.
      DisputeRows.change(connection, List.of(tells.dispute()));
    }
    if (!charge.status().isFinal() && !charge.disputedEarly()) {
      ChargeRows.markDisputedEarly(connection, charge.key());
    }
    Disputes.advance(connection, charge, List.of(tells.dispute()));
    if (tells.contradiction() != null) {
      ReviewRows.open(connection, List.of(new Remark(charge.key(), tells.contradiction())));
    }
  }

  private static Finding refuse(
      Connection connection, Notification told, Resource about, Contradicts contradiction)
      throws SQLException {
    Finding finding = remember(connection, told, about, Finding.MISMATCH, contradiction.what());
    if (finding == Finding.MISMATCH) {
      ReviewRows.open(connection, List.of(new Remark(about, contradiction.what())));
    }
    return finding;
  }

  private static Finding remember(
      Connection connection, Notification told, Resource about, Finding finding, String detail)
      throws SQLException {
    return InboxMessages.insert(connection, told, about, finding, detail) ? finding : Finding.SEEN;
  }
}
