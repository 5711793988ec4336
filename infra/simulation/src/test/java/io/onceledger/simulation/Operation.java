package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.outbox.Claim;
import io.onceledger.core.outbox.ClaimTerms;
import io.onceledger.core.processor.Result;
import java.time.Instant;
import java.util.List;

/** One transaction that someone asked for, with the database's time, and what came of it. */
sealed interface Operation {

  Instant at();

  Object answer();

  Object again(Store store);

  record Accepting(Instant at, List<ChargeDelivery> deliveries, Object answer)
      implements Operation {
    @Override
    public Object again(Store store) {
      return store.accept(deliveries);
    }
  }

  record Claiming(Instant at, int limit, ClaimTerms terms, Object answer) implements Operation {
    @Override
    public Object again(Store store) {
      return TracingStore.sorted(store.claim(limit, terms, at));
    }
  }

  record Keeping(Instant at, List<Claim> claims, ClaimTerms terms, Object answer)
      implements Operation {
    @Override
    public Object again(Store store) {
      return store.keep(claims, terms);
    }
  }

  record Recording(Instant at, List<Result> results, Object answer) implements Operation {
    @Override
    public Object again(Store store) {
      return store.record(results);
    }
  }
}
