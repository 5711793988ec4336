package io.onceledger.core.event;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads events for their merchant, inside the caller's transaction. Needs the reader role. */
@ApplicationScoped
public class RecordedEvents implements PanacheRepositoryBase<RecordedEvent, RecordedEvent.Key> {

  /** All of a charge, its refunds and disputes included, in their order. */
  public List<RecordedEvent> ofCharge(UUID merchant, UUID charge) {
    return list("merchantId = ?1 and chargeId = ?2", Sort.by("sequence"), merchant, charge);
  }
}
