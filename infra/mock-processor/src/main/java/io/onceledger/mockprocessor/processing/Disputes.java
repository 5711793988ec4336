package io.onceledger.mockprocessor.processing;

import io.onceledger.mockprocessor.effect.Dispute;
import io.onceledger.mockprocessor.effect.Resource;
import io.onceledger.mockprocessor.journal.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every dispute, kept for good: there are few of them. */
final class Disputes {
  private final Map<Long, Dispute> byNumber = new HashMap<>();
  private final Set<String> payments = new HashSet<>();

  void open(Entry entry) {
    byNumber.put(
        entry.number(), new Dispute(entry.instruction(), entry.number(), Dispute.Status.OPEN));
    payments.add(entry.instruction().source());
  }

  void close(Entry entry, Dispute.Status verdict) {
    byNumber.computeIfPresent(entry.number(), (number, open) -> open.closed(verdict));
  }

  Optional<Dispute> find(String id) {
    return Optional.ofNullable(byNumber.get(Resource.DISPUTE.number(id)));
  }

  boolean isDisputed(String payment) {
    return payments.contains(payment);
  }
}
