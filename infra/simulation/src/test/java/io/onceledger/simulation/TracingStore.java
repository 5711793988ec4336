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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Writes down all that is asked of a store. */
final class TracingStore implements Store {

  private final Store store;
  private final Supplier<Instant> now;
  private final List<Operation> operations = new ArrayList<>();

  TracingStore(Store store, Supplier<Instant> now) {
    this.store = store;
    this.now = now;
  }

  List<Operation> operations() {
    return operations;
  }

  @Override
  public List<Acceptance<ChargeReceipt>> accept(List<ChargeDelivery> deliveries) {
    List<Acceptance<ChargeReceipt>> acceptances = store.accept(deliveries);
    operations.add(new Operation.Accepting(now.get(), deliveries, acceptances));
    return acceptances;
  }

  @Override
  public List<ClaimedWork> claim(int limit, ClaimTerms terms, Instant workerClock) {
    List<ClaimedWork> works = store.claim(limit, terms, workerClock);
    operations.add(new Operation.Claiming(now.get(), limit, terms, sorted(works)));
    return works;
  }

  @Override
  public ToldTime keep(List<Claim> claims, ClaimTerms terms) {
    ToldTime told = store.keep(claims, terms);
    operations.add(new Operation.Keeping(now.get(), claims, terms, told));
    return told;
  }

  @Override
  public List<Recorded> record(List<Result> results) {
    List<Recorded> recorded = store.record(results);
    operations.add(new Operation.Recording(now.get(), results, recorded));
    return recorded;
  }

  /** SQL returns what it has claimed in any order. */
  static List<ClaimedWork> sorted(List<ClaimedWork> works) {
    return works.stream()
        .sorted(Comparator.comparing(work -> work.claim().resource().id().toString()))
        .toList();
  }
}
