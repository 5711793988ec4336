package io.onceledger.core.charge;

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

/** Reads charges for their merchant. Needs the reader role; each call is one transaction. */
@ApplicationScoped
public class Charges implements PanacheRepositoryBase<Charge, ChargeId> {

  private static final Sort NEWEST_FIRST = Sort.by("createdAt", "id").descending();

  private final MerchantReads reads;

  public Charges(MerchantReads reads) {
    this.reads = reads;
  }

  /** The merchant's charge with this id; empty for another merchant's, as for none. */
  public Optional<Charge> find(UUID merchant, UUID id) {
    return reads.of(merchant, () -> findByIdOptional(new ChargeId(merchant, id)));
  }

  /** The charges of {@code filter} after {@code position}, newest first. */
  public Page<Charge> page(
      UUID merchant, ChargeFilter filter, Optional<Position> position, int limit) {
    return reads.of(merchant, () -> list(merchant, filter, position, limit));
  }

  private Page<Charge> list(
      UUID merchant, ChargeFilter filter, Optional<Position> position, int limit) {
    Query query =
        new Query(merchant)
            .and("status = :status", "status", filter.status().map(Status::text))
            .within("createdAt", filter.createdFrom(), filter.createdTo())
            .after("createdAt", position);
    if (filter.idempotencyKey().isPresent()) {
      Optional<UUID> named = namedBy(merchant, filter.idempotencyKey().get());
      if (named.isEmpty()) {
        return new Page<>(List.of(), Optional.empty());
      }
      query.and("id = :named", "named", named);
    }
    List<Charge> charges =
        find(query.text(), NEWEST_FIRST, query.parameters()).range(0, limit).list();
    return Page.of(charges, limit, charge -> new Position(charge.createdAt, charge.id));
  }

  /** By the primary key of idempotency_key: charges have no index on their key. */
  private Optional<UUID> namedBy(UUID merchant, String key) {
    List<?> ids =
        getEntityManager()
            .createNativeQuery(
                """
                SELECT resource_id
                FROM idempotency_key
                WHERE merchant_id = :merchant AND key = :key
                """,
                UUID.class)
            .setParameter("merchant", merchant)
            .setParameter("key", key)
            .getResultList();
    return ids.stream().map(UUID.class::cast).findFirst();
  }
}
