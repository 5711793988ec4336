package io.onceledger.simulation;

import io.onceledger.core.charge.ChargeDelivery;
import io.onceledger.core.processor.Result;
import java.time.Duration;
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

  record Claiming(Instant at, int limit, Duration lease, Duration retryHorizon, Object answer)
      implements Operation {
    @Override
    public Object again(Store store) {
      return TracingStore.sorted(store.claim(limit, lease, retryHorizon, at));
    }
  }

  record Recording(Instant at, List<Result> results, Object answer) implements Operation {
    @Override
    public Object again(Store store) {
      return store.record(results);
    }
  }
}
