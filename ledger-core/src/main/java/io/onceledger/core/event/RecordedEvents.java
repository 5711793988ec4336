package io.onceledger.core.event;

import io.onceledger.core.id.Resource;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads events for their merchant, inside the caller's transaction. Needs the reader role. */
@ApplicationScoped
public class RecordedEvents implements PanacheRepositoryBase<RecordedEvent, RecordedEvent.Key> {

  /** All of a charge without its refunds, or of one refund, in their order. */
  public List<RecordedEvent> of(Resource resource) {
    return find(
            "merchantId = ?1 and chargeId = ?2 and refundId is not distinct from ?3",
            Sort.by("sequence"),
            resource.merchant(),
            resource.charge(),
            resource.refund())
        .list();
  }
}
