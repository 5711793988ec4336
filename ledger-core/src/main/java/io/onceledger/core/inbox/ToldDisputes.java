package io.onceledger.core.inbox;

import io.onceledger.core.charge.ChargeRows;
import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.dispute.Dispute;
import io.onceledger.core.dispute.DisputeRows;
import io.onceledger.core.dispute.Disputes;
import io.onceledger.core.id.Resource;
import io.onceledger.core.inbox.InboxMessages.Row;
import io.onceledger.core.inbox.Judgement.Contradicts;
import io.onceledger.core.inbox.Judgement.Known;
import io.onceledger.core.inbox.Judgement.Tells;
import io.onceledger.core.review.ReviewRows;
import io.onceledger.core.review.ReviewRows.Remark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes what is said of a dispute, in the caller's transaction: at most some ten statements. */
final class ToldDisputes {

  private ToldDisputes() {}

  static Finding take(Connection connection, Notification told) throws SQLException {
    Optional<LockedCharge> named = lock(connection, told);
    if (named.isEmpty()) {
      return remember(connection, told, null, Finding.MISMATCH, Judgement.ofNothing(told).what());
    }
    LockedCharge charge = named.get();
    Judgement judgement = Judgement.ofDispute(told, charge, before(connection, told, charge));
    if (judgement instanceof Contradicts contradiction) {
      return refuse(connection, told, charge, contradiction);
    }
    if (judgement instanceof Known) {
      return remember(connection, told, charge, Finding.KNOWN, null);
    }
    Tells tells = (Tells) judgement;
    Finding finding =
        remember(connection, told, charge, finding(tells, charge), tells.contradiction());
    if (finding != Finding.SEEN) {
      write(connection, charge, tells);
    }
    return finding;
  }

  private static Optional<LockedCharge> lock(Connection connection, Notification told)
      throws SQLException {
    Optional<UUID> id = told.referred();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Resource charge = Resource.charge(told.merchant(), id.get());
    return Optional.ofNullable(ChargeRows.lock(connection, List.of(charge)).get(charge));
  }

  private static Optional<Dispute> before(
      Connection connection, Notification told, LockedCharge charge) throws SQLException {
    return DisputeRows.of(connection, List.of(charge.key())).stream()
        .filter(dispute -> dispute.processorDispute().equals(told.dispute()))
        .findFirst();
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
      Connection connection, Notification told, LockedCharge charge, Contradicts contradiction)
      throws SQLException {
    Finding finding = remember(connection, told, charge, Finding.MISMATCH, contradiction.what());
    if (finding == Finding.MISMATCH) {
      ReviewRows.open(connection, List.of(new Remark(charge.key(), contradiction.what())));
    }
    return finding;
  }

  private static Finding remember(
      Connection connection, Notification told, LockedCharge charge, Finding finding, String detail)
      throws SQLException {
    Row row = new Row(told, charge == null ? null : charge.key(), finding, detail);
    return InboxMessages.insert(connection, List.of(row)).isEmpty() ? Finding.SEEN : finding;
  }
}
