package io.onceledger.core.refund;

import io.onceledger.core.merchant.MerchantReads;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import io.onceledger.core.page.Query;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads refunds for their merchant. Needs the reader role; each call is one transaction. */
@ApplicationScoped
public class Refunds implements PanacheRepositoryBase<Refund, Refund.Key> {

  private static final Sort NEWEST_FIRST = Sort.by("createdAt", "id").descending();

  private final MerchantReads reads;

  public Refunds(MerchantReads reads) {
    this.reads = reads;
  }

  /** The merchant's refund with this id; empty for another merchant's, as for none. */
  public Optional<Refund> find(UUID merchant, UUID id) {
    return reads.of(merchant, () -> findByIdOptional(new Refund.Key(merchant, id)));
  }

  /** The refunds after {@code position}, newest first; of one charge, or of all. */
  public Page<Refund> page(
      UUID merchant, Optional<UUID> charge, Optional<Position> position, int limit) {
    Query query =
        new Query(merchant)
            .and("chargeId = :charge", "charge", charge)
            .after("createdAt", position);
    List<Refund> refunds =
        reads.of(
            merchant,
            () -> find(query.text(), NEWEST_FIRST, query.parameters()).range(0, limit).list());
    return Page.of(refunds, limit, refund -> new Position(refund.createdAt, refund.id));
  }
}
