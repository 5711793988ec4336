package io.onceledger.core.ledger;

import static io.onceledger.core.ledger.Account.FEE_REVENUE;
import static io.onceledger.core.ledger.Account.MERCHANT_PAYABLE;
import static io.onceledger.core.ledger.Account.PROCESSOR_RECEIVABLE;

import io.onceledger.core.charge.LockedCharge;
import io.onceledger.core.id.Resource;
import io.onceledger.core.ledger.Posting.Kind;
import io.onceledger.core.refund.LockedRefund;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What each event is worth. Pure. */
public final class Postings {

  private Postings() {}

  /** The processor owes us the amount, we owe it to the merchant, less our fee. */
  public static List<Posting> chargeSucceeded(LockedCharge charge) {
    UUID merchant = charge.key().merchant();
    UUID id = charge.key().charge();
    long amount = charge.amount();
    long fee = charge.feeTerms().feeOf(amount);
    String currency = charge.currency();
    return Stream.of(
            new Posting(
                merchant,
                id,
                id,
                null,
                Kind.CHARGE,
                PROCESSOR_RECEIVABLE,
                MERCHANT_PAYABLE,
                amount,
                currency),
            new Posting(
                merchant, id, id, null, Kind.FEE, MERCHANT_PAYABLE, FEE_REVENUE, fee, currency))
        .filter(posting -> posting.amount() > 0)
        .toList();
  }

  /** The processor takes the amount back, and so do we: until it is decided, it is the payer's. */
  public static Posting disputeOpened(Resource charge, UUID dispute, long amount, String currency) {
    return new Posting(
        charge.merchant(),
        dispute,
        charge.charge(),
        null,
        Kind.DISPUTE,
        MERCHANT_PAYABLE,
        PROCESSOR_RECEIVABLE,
        amount,
        currency);
  }

  /** What the opening took is the merchant's again. */
  public static Posting disputeWon(Resource charge, UUID dispute, long amount, String currency) {
    return new Posting(
        charge.merchant(),
        dispute,
        charge.charge(),
        null,
        Kind.DISPUTE_REVERSAL,
        PROCESSOR_RECEIVABLE,
        MERCHANT_PAYABLE,
        amount,
        currency);
  }

  /** The merchant gives the amount back; our fee is kept. */
  public static Posting refundSucceeded(LockedRefund refund, String currency) {
    Resource key = refund.key();
    return new Posting(
        key.merchant(),
        key.refund(),
        key.charge(),
        key.refund(),
        Kind.REFUND,
        MERCHANT_PAYABLE,
        PROCESSOR_RECEIVABLE,
        refund.amount(),
        currency);
  }
}
