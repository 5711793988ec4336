package io.onceledger.core.testing;

import io.onceledger.core.id.PublicId;
import io.onceledger.core.id.Resource;
import io.onceledger.core.idempotency.Acceptance;
import io.onceledger.core.idempotency.IdempotencyKey;
import io.onceledger.core.refund.RefundAcceptance;
import io.onceledger.core.refund.RefundDelivery;
import io.onceledger.core.refund.RefundReceipt;
import io.onceledger.core.refund.RefundRequest;
import java.sql.SQLException;
import java.util.List;

/** Deliveries of refunds to test with. */
public final class TestRefunds {

  private TestRefunds() {}

  /**
   * A delivery under {@code key}; each call proposes an id of its own.
   *
   * @param amount null for what is left
   */
  public static RefundDelivery delivery(Resource charge, String key, Long amount) {
    return new RefundDelivery(
        new IdempotencyKey(charge.merchant(), key),
        PublicId.next(),
        new RefundRequest(charge.charge(), amount, null));
  }

  /** Accepts a refund; it has to be acceptable. */
  public static Resource accept(LedgerDatabase database, Resource charge, String key, Long amount)
      throws SQLException {
    Acceptance<RefundReceipt> accepted =
        new RefundAcceptance(database.writer())
            .write(List.of(delivery(charge, key, amount)))
            .get(0);
    return ((Acceptance.Executed<RefundReceipt>) accepted).receipt().resource();
  }

  /** A charge of 10000 that has succeeded. */
  public static Resource succeededCharge(LedgerDatabase database) throws SQLException {
    TestCharges.accept(database, TestCharges.merchant(database), 1);
    TestWorker worker = new TestWorker(database);
    var claim = worker.claim();
    worker.approve(claim);
    return claim.resource();
  }
}
