package io.onceledger.core.dispute;

import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.charge.Status;
import io.onceledger.core.id.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What is known of a dispute. What has been told ({@code openingSeen}, {@code verdict}) and what
 * the books say ({@code state}) are two things, so that its parts may be told in any order.
 *
 * @param id the source of its entries
 * @param processorDispute the processor's id of it
 * @param payment the processor's id of the payment that is disputed
 * @param amount as its opening said; until that is seen, as its end did
 * @param state what the books say
 * @param verdict how the processor has decided; null as long as that is not told
 */
public record Dispute(
    Resource charge,
    UUID id,
    String processorDispute,
    String payment,
    long amount,
    String currency,
    State state,
    boolean openingSeen,
    State verdict) {

  /** Where it stands. */
  public enum State {
    /** In no book: its opening is not told yet, or its charge has not succeeded. */
    WAITING,
    OPENED,
    WON,
    LOST;

    /** As it is written in SQL. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State parse(String text) {
      return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** The same, after its opening was told. */
  public Dispute open(long openedAmount) {
    return new Dispute(
        charge,
        id,
        processorDispute,
        payment,
        openedAmount,
        currency,
        state,
        true,
        openedAmount == amount ? verdict : null);
  }

  /** The same, after its end was told. */
  public Dispute close(State decided) {
    return new Dispute(
        charge, id, processorDispute, payment, amount, currency, state, openingSeen, decided);
  }

  Dispute in(State next) {
    return new Dispute(
        charge, id, processorDispute, payment, amount, currency, next, openingSeen, verdict);
  }

  /** Whether the books have still to take a step. */
  public boolean isDue(LockedCharge now) {
    return !due(now).isEmpty();
  }

  /** The steps that the books have still to take, in their order. */
  List<State> due(LockedCharge now) {
    List<State> steps = new ArrayList<>();
    boolean counts =
        now.status() == Status.SUCCEEDED && payment.equals(now.processorPayment()) && openingSeen;
    if (counts && state == State.WAITING) {
      steps.add(State.OPENED);
    }
    if (counts && verdict != null && state != verdict) {
      steps.add(verdict);
    }
    return steps;
  }
}
