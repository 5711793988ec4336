package io.onceledger.core.ledger;

import io.onceledger.core.merchant.MerchantReads;
import io.onceledger.core.page.Page;
import io.onceledger.core.page.Position;
import io.onceledger.core.page.Query;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads entries for their merchant. Needs the reader role; each call is one transaction. */
@ApplicationScoped
public class Entries implements PanacheRepositoryBase<LedgerEntry, LedgerEntryId> {

  private static final Sort NEWEST_FIRST = Sort.by("postedAt", "id").descending();
  private static final Sort OLDEST_FIRST = Sort.by("postedAt", "id");

  private final MerchantReads reads;

  public Entries(MerchantReads reads) {
    this.reads = reads;
  }

  /** What was posted for one charge, refund, dispute or settlement line, in its order. */
  public List<LedgerEntry> ofSource(UUID merchant, UUID source) {
    return reads.of(
        merchant,
        () ->
            list("merchantId = ?1 and sourceId = ?2", Sort.by("postedAt", "id"), merchant, source));
  }

  /** The entries of an account after {@code position}, oldest first: for a statement. */
  public Page<LedgerEntry> ofAccount(
      UUID merchant,
      Account account,
      String currency,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<Position> position,
      int limit) {
    Query query =
        new Query(merchant)
            .and("(debitAccount = :account or creditAccount = :account)", "account", account.text())
            .and("currency = :currency", "currency", currency)
            .within("postedAt", from, to)
            .since("postedAt", position);
    List<LedgerEntry> entries =
        reads.of(
            merchant,
            () -> find(query.text(), OLDEST_FIRST, query.parameters()).range(0, limit).list());
    return Page.of(entries, limit, entry -> new Position(entry.postedAt, entry.id));
  }

  /** The entries of {@code filter} after {@code position}, newest first. */
  public Page<LedgerEntry> page(
      UUID merchant, EntryFilter filter, Optional<Position> position, int limit) {
    Query query =
        new Query(merchant)
            // Its own two have the charge as their source, and are found by the primary key; the
            // others by an index that holds no more than these.
            .and(
                "(sourceId = :charge or (chargeId = :charge and sourceId <> chargeId))",
                "charge",
                filter.charge())
            .and("refundId = :refund", "refund", filter.refund())
            .and(
                "(debitAccount = :account or creditAccount = :account)",
                "account",
                filter.account().map(Account::text))
            .and("currency = :currency", "currency", filter.currency())
            .within("postedAt", filter.from(), filter.to())
            .after("postedAt", position);
    List<LedgerEntry> entries =
        reads.of(
            merchant,
            () -> find(query.text(), NEWEST_FIRST, query.parameters()).range(0, limit).list());
    return Page.of(entries, limit, entry -> new Position(entry.postedAt, entry.id));
  }
}
