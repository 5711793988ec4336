package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.charge.ChargeReceipt;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.outbox.HighWater.ToldTime;
import io.onceledger.core.processor.OutcomeRecorder.Recorded;
import io.onceledger.core.processor.Result;
import io.onceledger.core.processor.WorkClaims.ClaimedWork;
import java.time.Instant;
import java.util.List;

/**
 * The database, as those see it who write money. Each method is one transaction: committed when it
 * returns, and without a trace when it is not called.
 */
interface Store {

  /** {@link io.onceledger.core.charge.ChargeAcceptance#write}. */
  List<Acceptance<ChargeReceipt>> accept(List<ChargeDelivery> deliveries);

  /**
   * {@link io.onceledger.core.processor.WorkClaims#claim}.
   *
   * @param workerClock what the worker takes the time for: for a broken ledger that believes it
   */
  List<ClaimedWork> claim(int limit, ClaimTerms terms, Instant workerClock);

  /** {@link io.onceledger.core.processor.WorkClaims#keep}. */
  ToldTime keep(List<Claim> claims, ClaimTerms terms);

  /** {@link io.onceledger.core.processor.OutcomeRecorder#write}. */
  List<Recorded> record(List<Result> results);
}
