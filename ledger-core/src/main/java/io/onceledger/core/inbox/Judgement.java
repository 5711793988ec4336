package io.onceledger.core.inbox;

import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.dispute.Dispute;
import io.onceledger.core.dispute.Dispute.State;
import io.onceledger.core.id.PublicId;
import io.onceledger.core.outcome.Locked;
import java.util.Optional;

/**
 * What a notification proves about what is known. Pure. What is final is never changed by it, and
 * whichever of two that agree comes first, the books are the same in the end.
 */
sealed interface Judgement {

  /** What it is about takes on this status. */
  record Settles(Status status) implements Judgement {}

  /** It says what is known. */
  record Known() implements Judgement {}

  /**
   * A dispute is now this one.
   *
   * @param contradiction null unless a part of it contradicts what was told before
   */
  record Tells(Dispute dispute, boolean isNew, String contradiction) implements Judgement {}

  /** It contradicts what is known; {@code what} is for a person to read. */
  record Contradicts(String what) implements Judgement {}

  /** Judges what names nothing of ours. */
  static Contradicts ofNothing(Notification told) {
    boolean refund = told.type().referenceKind() == PublicId.REFUND;
    return new Contradicts("no such " + (refund ? "refund" : "charge"));
  }

  /** Judges what is said of a payment or a refund. */
  static Judgement ofOutcome(Notification told, Locked ours) {
    LockedCharge charge = ours.charge();
    long amount = ours.refund() == null ? charge.amount() : ours.refund().amount();
    if (told.amount() != amount || !told.currency().equals(charge.currency())) {
      return new Contradicts(amountDiffers(told, amount, charge.currency()));
    }
    boolean approved =
        told.type() == NotificationType.PAYMENT_APPROVED
            || told.type() == NotificationType.REFUND_APPROVED;
    Status outcome = approved ? Status.SUCCEEDED : Status.DECLINED;
    // A refund is of the payment that we know. A payment is known by what is proved about it, and
    // each decline may have an id of its own.
    boolean known = ours.refund() != null || (ours.status() == outcome && approved);
    if (known && !told.payment().equals(charge.processorPayment())) {
      return new Contradicts(paymentDiffers(told, charge.processorPayment()));
    }
    if (!ours.status().isFinal()) {
      return new Settles(outcome);
    }
    return ours.status() == outcome
        ? new Known()
        : new Contradicts(text(told, "and ours is " + ours.status().text()));
  }

  /** Judges a part of a dispute, of which {@code before} is known. */
  static Judgement ofDispute(Notification told, LockedCharge charge, Optional<Dispute> before) {
    if (!told.currency().equals(charge.currency()) || told.amount() > charge.amount()) {
      return new Contradicts(amountDiffers(told, charge.amount(), charge.currency()));
    }
    if (charge.status().isFinal() && charge.status() != Status.SUCCEEDED) {
      return new Contradicts(text(told, "and the charge is " + charge.status().text()));
    }
    if (charge.status().isFinal() && !told.payment().equals(charge.processorPayment())) {
      return new Contradicts(paymentDiffers(told, charge.processorPayment()));
    }
    if (before.isPresent() && !told.payment().equals(before.get().payment())) {
      return new Contradicts(paymentDiffers(told, before.get().payment()));
    }
    if (before.isEmpty()) {
      return new Tells(first(told, charge), true, null);
    }
    return told.type() == NotificationType.DISPUTE_OPENED
        ? opened(told, before.get())
        : closed(told, before.get());
  }

  private static Dispute first(Notification told, LockedCharge charge) {
    boolean opened = told.type() == NotificationType.DISPUTE_OPENED;
    return new Dispute(
        charge.key(),
        PublicId.next(),
        told.dispute(),
        told.payment(),
        told.amount(),
        told.currency(),
        State.WAITING,
        opened,
        opened ? null : verdict(told));
  }

  /** The opening says of how much it is; an end that came before it and says otherwise is wrong. */
  private static Judgement opened(Notification told, Dispute before) {
    String contradiction =
        told.amount() == before.amount()
            ? null
            : amountDiffers(told, before.amount(), before.currency());
    if (!before.openingSeen()) {
      return new Tells(before.open(told.amount()), false, contradiction);
    }
    return contradiction == null ? new Known() : new Contradicts(contradiction);
  }

  private static Judgement closed(Notification told, Dispute before) {
    if (told.amount() != before.amount()) {
      return new Contradicts(amountDiffers(told, before.amount(), before.currency()));
    }
    if (before.verdict() == null) {
      return new Tells(before.close(verdict(told)), false, null);
    }
    return before.verdict() == verdict(told)
        ? new Known()
        : new Contradicts(text(told, "and has said " + before.verdict().text()));
  }

  private static State verdict(Notification told) {
    return told.type() == NotificationType.DISPUTE_WON ? State.WON : State.LOST;
  }

  private static String amountDiffers(Notification told, long amount, String currency) {
    return text(
        told,
        "of %s %s, and we know %s %s".formatted(told.amount(), told.currency(), amount, currency));
  }

  private static String paymentDiffers(Notification told, String payment) {
    return text(told, "of payment %s, and we know %s".formatted(told.payment(), payment));
  }

  private static String text(Notification told, String what) {
    return "the processor says %s, %s".formatted(told.type().text(), what);
  }
}
