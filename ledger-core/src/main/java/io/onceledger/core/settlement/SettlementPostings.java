package io.onceledger.core.settlement;

import static io.onceledger.core.ledger.Account.PROCESSOR_COST;
import static io.onceledger.core.ledger.Account.PROCESSOR_RECEIVABLE;
import static io.onceledger.core.ledger.Account.SETTLEMENT_BANK;

import io.onceledger.core.ledger.Account;
import io.onceledger.core.ledger.Posting;
import io.onceledger.core.ledger.Posting.Kind;
import io.onceledger.core.settlement.ReportLine.Settled;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a line is worth. Pure. What moves at the bank is the amount, with its sign, less the fee;
 * the fee is a cost. Together they take out of the receivable what the charge, refund or dispute
 * has put in.
 */
final class SettlementPostings {

  private SettlementPostings() {}

  /** The entries of {@code booked}; none for a line of zero. */
  static List<Posting> of(BookedLine booked) {
    Settled line = booked.line();
    long net = (line.type().isToUs() ? line.amount() : -line.amount()) - line.fee();
    Posting settlement =
        net >= 0
            ? posting(booked, Kind.SETTLEMENT, SETTLEMENT_BANK, PROCESSOR_RECEIVABLE, net)
            : posting(booked, Kind.SETTLEMENT, PROCESSOR_RECEIVABLE, SETTLEMENT_BANK, -net);
    Posting fee =
        posting(booked, Kind.PROCESSOR_FEE, PROCESSOR_COST, PROCESSOR_RECEIVABLE, line.fee());
    return Stream.of(settlement, fee).filter(posting -> posting.amount() > 0).toList();
  }

  private static Posting posting(
      BookedLine booked, Kind kind, Account debit, Account credit, long amount) {
    Settled line = booked.line();
    return new Posting(
        line.merchant(),
        line.id(),
        booked.charge(),
        booked.refund(),
        kind,
        debit,
        credit,
        amount,
        line.currency());
  }
}
